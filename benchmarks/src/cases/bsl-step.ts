import { bslReference } from '@losslab/loss-bsl';
import { floorPeer } from '../floor.ts';
import { stockStep } from '../stock-tfjs.ts';
import type { Case } from './case.ts';
import { stepCase } from './step-case.ts';
import { stepFloor } from './step-floor.ts';

const sizes = { users: 31_668, items: 38_048, batch: 1024, negatives: 800, dimension: 64 };

/** BSL with 800 negatives on tables of Yelp2018's size, as its authors' code has it; beside the floor in C too. */
export const bslStep = (): Case =>
  stepCase({
    name: 'bsl-step',
    title: 'one BSL step, MF, B 1,024, N 800, D 64, 31,668 × 38,048 rows',
    rounds: 5,
    turn: 5,
    sizes,
    loss: bslReference,
    similarity: 'cosine',
    lossOptions: { variant: 'reweight' },
    torch: 'bsl',
    budgets: [
      { peer: 'PyTorch', most: 1 / 50 },
      { peer: 'plain C', most: 2.5 },
    ],
    floor: stepFloor(sizes),
    others: async () => [
      await floorPeer(sizes),
      await stockStep('cpu', 'bsl', sizes),
      await stockStep('wasm', 'bsl', sizes),
    ],
  });
