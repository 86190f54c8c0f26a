import { useEngine } from '@losslab/backend';
import { bpr } from '@losslab/loss-classic';
import { inProcess } from '../contender.ts';
import { type LosslabStep, losslabStep } from '../losslab-step.ts';
import { torchPeer } from '../peer.ts';
import type { Case } from './case.ts';

const sizes = { users: 29_858, items: 40_981, batch: 1024, negatives: 1, dimension: 64 };

export function bprStep(): Case {
  let step: LosslabStep;
  return {
    name: 'bpr-step',
    title: 'one BPR step, MF, B 1,024, D 64, Gowalla’s 29,858 × 40,981 rows',
    rounds: 25,
    async contenders() {
      const engine = await useEngine('simd');
      step = losslabStep(bpr, { similarity: 'dot' }, sizes);
      const own = inProcess(`losslab (${engine.name}, ${engine.build} build, ${engine.threads} threads)`, () =>
        step.run(),
      );
      return [own, await torchPeer('bpr', sizes)];
    },
    parts() {
      const runs = Array.from({ length: 25 }, () => step.parts());
      return Object.fromEntries(Object.keys(runs[0]!).map((key) => [key, runs.map((run) => run[key as 'sample'])]));
    },
    close: () => step.dispose(),
  };
}
