import { minePlus } from '@losslab/loss-debiased';
import type { Case } from './case.ts';
import { stepCase } from './step-case.ts';
import { stepFloor } from './step-floor.ts';

const sizes = { users: 29_858, items: 40_981, batch: 512, negatives: 800, dimension: 64 };

/** MINE+ with the batch, the negatives and the settings of its paper on Gowalla. */
export const minePlusStep = (): Case =>
  stepCase({
    name: 'mine-plus',
    title: 'one MINE+ step, MF, B 512, N 800, D 64, Gowalla’s 29,858 × 40,981 rows',
    rounds: 9,
    sizes,
    loss: minePlus,
    similarity: 'cosine',
    torch: 'mine-plus',
    budgets: [],
    floor: stepFloor(sizes),
  });
