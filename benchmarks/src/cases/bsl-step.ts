import { useEngine } from '@losslab/backend';
import { bslReference } from '@losslab/loss-bsl';
import { inProcess } from '../contender.ts';
import { floorPeer } from '../floor.ts';
import { type LosslabStep, losslabStep } from '../losslab-step.ts';
import { torchPeer } from '../peer.ts';
import type { Case } from './case.ts';

const sizes = { users: 31_668, items: 38_048, batch: 1024, negatives: 800, dimension: 64 };

/** DESIGN's first row: one BSL step of MF on tables of Yelp2018's size. */
export function bslStep(): Case {
  let step: LosslabStep;
  return {
    name: 'bsl-step',
    title: 'one BSL step, MF, B 1,024, N 800, D 64, 31,668 × 38,048 rows',
    rounds: 7,
    async contenders() {
      const engine = await useEngine('simd');
      step = losslabStep(bslReference, { similarity: 'cosine', loss: { variant: 'reweight' } }, sizes);
      const own = inProcess(`losslab (${engine.name}, ${engine.build} build, ${engine.threads} threads)`, () =>
        step.run(),
      );
      return [own, await torchPeer('bsl', sizes), await floorPeer(sizes)];
    },
    parts() {
      const runs = Array.from({ length: 7 }, () => step.parts());
      return Object.fromEntries(Object.keys(runs[0]!).map((key) => [key, runs.map((run) => run[key as 'sample'])]));
    },
    close: () => step.dispose(),
  };
}
