import { generate } from '@losslab/data';
import { bsl } from '@losslab/loss-bsl';
import { metrics } from '@losslab/metrics';
import { mf } from '@losslab/models';
import { samplers } from '@losslab/samplers';
import { train } from '@losslab/trainer';

const { dataset } = generate({ users: 200, items: 150 });
const plugins = { losses: { bsl }, models: { mf }, samplers, metrics };
const config = { loss: { name: 'bsl', tau1: 0.2 }, negatives: 64, epochs: 5, engine: 'simd' } as const;
for await (const event of train({ config, dataset, plugins })) {
  if (event.kind === 'epoch') console.log(event.record.epoch, event.record.valid?.['recall@20']);
  if (event.kind === 'finish') console.log(event.result.metrics);
}
