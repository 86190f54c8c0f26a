import { useEngine } from '@losslab/backend';
import { bpr } from '@losslab/loss-classic';
import { inProcess } from '../contender.ts';
import { type LosslabStep, losslabStep } from '../losslab-step.ts';
import type { Case } from './case.ts';

const ROWS = [10_000, 100_000, 1_000_000];

/** What a step costs as the tables grow, at one batch size: the batch's rows, and what leaving the caches costs. */
export function bprScale(): Case {
  const steps: LosslabStep[] = [];
  return {
    name: 'bpr-scale',
    title: 'one BPR step, MF, B 1,024, D 64, as users and items grow',
    rounds: 20,
    turn: 100,
    budgets: [{ contender: 'losslab, 1,000,000', peer: 'losslab, 10,000', most: 3 }],
    async contenders() {
      await useEngine('simd');
      return ROWS.map((rows) => {
        const sizes = { users: rows, items: rows, batch: 1024, negatives: 1, dimension: 64 };
        const step = losslabStep(bpr, { similarity: 'dot' }, sizes);
        steps.push(step);
        return inProcess(`losslab, ${rows.toLocaleString('en')} users and items`, () => step.run());
      });
    },
    close: () => {
      for (const step of steps) step.dispose();
    },
  };
}
