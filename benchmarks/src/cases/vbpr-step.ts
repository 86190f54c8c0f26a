import { vbpr } from '@losslab/loss-vbpr';
import type { Case } from './case.ts';
import { stepCase } from './step-case.ts';
import { stepFloor } from './step-floor.ts';

const sizes = { users: 29_858, items: 40_981, batch: 1024, positives: 2, negatives: 16, dimension: 128 };
const title = 'one VBPR step, MF, B 1,024, M 2, N 16, D 128, Gowalla’s 29,858 × 40,981 rows';
const common = {
  rounds: 15,
  turn: 10,
  sizes,
  loss: vbpr,
  similarity: 'dot',
  lossOptions: { cPos: 10, cNeg: 0.1 },
  torch: 'vbpr',
  budgets: [{ peer: 'PyTorch', most: 1 / 10 }],
} as const;

export const vbprStep = (): Case => stepCase({ ...common, name: 'vbpr-step', title, floor: stepFloor(sizes) });

/** As the paper trains: its coupled weight decay moves every row of both tables at every step. */
export const vbprStepDecay = (): Case =>
  stepCase({
    ...common,
    name: 'vbpr-step-decay',
    title: `${title}, with coupled weight decay`,
    weightDecay: 1e-6,
    floor: stepFloor(sizes, 'dense'),
  });
