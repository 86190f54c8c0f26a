import type { ModelDefinition } from '@losslab/core';
import { bce } from '@losslab/loss-classic';
import { neuMf } from '@losslab/models';
import type { Case } from './case.ts';
import { stepCase } from './step-case.ts';

const sizes = { users: 6040, items: 3706, batch: 1024, negatives: 4, dimension: 32 };
const [first, second, third] = [128, 64, 32];
const pairs = sizes.batch * (1 + sizes.negatives);

/** The first layer, distinct rows; the others, pairs; each with the two products of its gradient. Tables through Adam. */
function floorOf() {
  const distinct = (rows: number, draws: number): number => rows * (1 - (1 - 1 / rows) ** draws);
  const rows = distinct(sizes.users, sizes.batch) + distinct(sizes.items, pairs);
  const numbers = (sizes.users + sizes.items) * (first + sizes.dimension);
  return {
    operations: 6 * (rows * first * first + pairs * (first * second + second * third)) + numbers * 12,
    bytes: numbers * 4 * 6 + 4 * pairs * (first + second + third) * 4,
    counted: `${Math.round(rows)} distinct rows through the first layer, ${pairs} pairs through the others; all rows through Adam`,
  };
}

export const neuMfStep = (): Case =>
  stepCase({
    name: 'neumf-bce-step',
    title: 'one BCE step of NeuMF, B 1,024, N 4, D 32, tower 128 → 64 → 32, MovieLens 1M’s 6,040 × 3,706 rows',
    rounds: 11,
    turn: 10,
    sizes,
    loss: bce,
    similarity: 'dot',
    lossOptions: { c: 4 },
    model: { definition: neuMf as ModelDefinition, options: { layers: [first, second, third] } },
    torch: 'neumf',
    budgets: [{ peer: 'PyTorch', most: 1 / 3 }],
    floor: floorOf(),
  });
