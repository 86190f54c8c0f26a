// Trains on an Arquero table: node arquero.ts plays.csv, with columns user, song and plays.
import { openArquero } from '@losslab/data';
import { bpr } from '@losslab/loss-classic';
import { metrics } from '@losslab/metrics';
import { mf } from '@losslab/models';
import { samplers } from '@losslab/samplers';
import { finish, train } from '@losslab/trainer';
import { loadCSV } from 'arquero';

const plays = await loadCSV(process.argv[2]!);
const liked = plays.filter((row: { plays: number }) => row.plays > 1);
const dataset = openArquero(liked, { columns: { user: 'user', item: 'song' }, protocol: 'clean', seed: 1 });
const plugins = { losses: { bpr }, models: { mf }, samplers, metrics };
const config = { loss: 'bpr', epochs: 10, engine: 'simd' } as const;
const { metrics: measured } = await finish(train({ config, dataset, plugins }));
console.log(dataset.provenance.join('\n'));
console.log('recall@10', measured['recall@10']);
