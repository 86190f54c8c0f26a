import type { LabelledPairs } from '@losslab/core';
import { Random } from '@losslab/kernels';
import { countersOf } from './counters.ts';
import { expected } from './errors.ts';

export interface HeldOut {
  readonly kept: LabelledPairs;
  readonly heldOut: LabelledPairs;
}

function pick({ users, items, labels }: LabelledPairs, rows: Int32Array): LabelledPairs {
  return {
    users: Int32Array.from(rows, (row) => users[row]!),
    items: Int32Array.from(rows, (row) => items[row]!),
    labels: Float32Array.from(rows, (row) => labels[row]!),
  };
}

/**
 * Shuffles the pairs with the seed and keeps back `share` of them, rounded: for procedures that learn on one part and choose
 * on another. A pure function of (pairs, share, seed); every stream of a run cuts alike.
 * @throws LosslabError `bad-option` unless 0 ≤ share < 1.
 */
export function holdOut(pairs: LabelledPairs, share: number, seed: number): HeldOut {
  if (!(share >= 0 && share < 1)) {
    throw expected('bad-option', 'a share in [0, 1)', String(share), 'hold out less', 'holdOut');
  }
  const count = Math.round(pairs.labels.length * share);
  const order = new Random(countersOf({ seed, stream: 0 })('hold-out', 0, 0)).permutation(pairs.labels.length);
  return { kept: pick(pairs, order.subarray(count)), heldOut: pick(pairs, order.subarray(0, count)) };
}
