import { bpr } from '@losslab/loss-classic';
import { stockStep } from '../stock-tfjs.ts';
import type { Case } from './case.ts';
import { stepCase } from './step-case.ts';
import { stepFloor } from './step-floor.ts';

const sizes = { users: 29_858, items: 40_981, batch: 1024, negatives: 1, dimension: 64 };

export const bprStep = (): Case =>
  stepCase({
    name: 'bpr-step',
    title: 'one BPR step, MF, B 1,024, D 64, Gowalla’s 29,858 × 40,981 rows',
    rounds: 20,
    turn: 100,
    sizes,
    loss: bpr,
    similarity: 'dot',
    torch: 'bpr',
    budgets: [{ peer: 'PyTorch', most: 1 / 10 }],
    floor: stepFloor(sizes),
    others: async () => [await stockStep('cpu', 'bpr', sizes), await stockStep('wasm', 'bpr', sizes)],
  });
