import { useEngine } from '@losslab/backend';
import { bslReference } from '@losslab/loss-bsl';
import type { Contender } from '../contender.ts';
import { type LosslabStep, losslabStep } from '../losslab-step.ts';
import type { Case } from './case.ts';

const sizes = { users: 31_668, items: 38_048, batch: 1024, negatives: 800, dimension: 64 };
const AHEAD = 'losslab, waiting for a batch made ahead';
const STEP = 'losslab, the whole step';

/** How long a BSL step waits for its batch, made ahead as training does it, and made when it is asked for. */
export function samplingShare(): Case {
  const steps: LosslabStep[] = [];
  return {
    name: 'sampling-share',
    title: 'what a BSL step waits for its batch, MF, B 1,024, N 800, D 64, 31,668 × 38,048 rows',
    rounds: 60,
    budgets: [{ contender: AHEAD, peer: STEP, most: 0.02 }],
    async contenders() {
      await useEngine('simd');
      return (['ahead', 'in line'] as const).flatMap((batches): Contender[] => {
        const step = losslabStep(bslReference, { similarity: 'cosine', loss: { variant: 'reweight' }, batches }, sizes);
        steps.push(step);
        const [waiting, whole] =
          batches === 'ahead' ? [AHEAD, STEP] : ['losslab, making a batch in line', 'losslab, that step'];
        let last = 0;
        const wait = async (): Promise<number> => {
          const start = performance.now();
          step.run();
          last = performance.now() - start;
          return step.waited;
        };
        return [
          { name: waiting, run: wait, close: () => {} },
          { name: whole, run: async () => last, close: () => {} },
        ];
      });
    },
    close: () => {
      for (const step of steps) step.dispose();
    },
  };
}
