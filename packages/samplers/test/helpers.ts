import { type Batch, type Interactions, interactionsFromTable, type Sampler, type SamplerContext } from '@losslab/core';
import { kernels } from '@losslab/kernels';

/** Interactions from one list of items a user. */
export function fromLists(itemCount: number, lists: readonly (readonly number[])[]): Interactions {
  const users = lists.flatMap((items, user) => items.map(() => user));
  return interactionsFromTable({
    userCount: lists.length,
    itemCount,
    users: Int32Array.from(users),
    items: Int32Array.from(lists.flat()),
  });
}

/** Uneven: degrees 1 ... 5, one user without items, an item that nobody has. */
export const small: Interactions = fromLists(12, [[0, 1, 2, 3, 4], [1], [], [0, 5, 10], [2, 3], [6, 7, 8, 9]]);

export function contextOf(train: Interactions, changes: Partial<SamplerContext> = {}): SamplerContext {
  return { train, batchSize: 4, positives: 1, negatives: 3, seed: 7, stream: 0, ...changes };
}

/** A batch as plain arrays, for comparisons. */
export function plain({ epoch, step, users, positives, negatives, labelled }: Batch): unknown {
  const ids = negatives === 'in-batch' ? negatives : { ...negatives, data: [...negatives.data] };
  const pairs = labelled && { users: [...labelled.users], items: [...labelled.items], labels: [...labelled.labels] };
  return {
    epoch,
    step,
    users: [...users],
    positives: { ...positives, data: [...positives.data] },
    negatives: ids,
    pairs,
  };
}

export function epochOf(sampler: Sampler, epoch: number): Batch[] {
  return Array.from({ length: sampler.steps }, (_, step) => sampler.propose(epoch, step));
}

/** The observed pairs of an epoch as `user:item`, in order. */
export function observedPairs(sampler: Sampler, epoch: number): string[] {
  return epochOf(sampler, epoch).flatMap(({ users, positives }) =>
    [...users].map((user, b) => `${user}:${positives.data[b * positives.columns]}`),
  );
}

/**
 * How far counts lie from a law, in standard deviations of a chi-square with as many degrees of freedom as cells of positive
 * expectation, less one. A right sampler stays below 5; a cell that the law never draws must be empty.
 */
export function chiSquareDeviation(counts: readonly number[], law: readonly number[]): number {
  const total = counts.reduce((a, b) => a + b, 0);
  const mass = law.reduce((a, b) => a + b, 0);
  let [sum, cells] = [0, 0];
  for (const [cell, weight] of law.entries()) {
    const expected = (total * weight) / mass;
    if (expected === 0 && counts[cell]! > 0) return Infinity;
    if (expected === 0) continue;
    sum += (counts[cell]! - expected) ** 2 / expected;
    cells++;
  }
  return (sum - (cells - 1)) / Math.sqrt(2 * Math.max(1, cells - 1));
}

/** Counts by user and id over some epochs: `pick` says which ids of row b count. */
export function countByUser(
  sampler: Sampler,
  { epochs, users, items }: { epochs: number; users: number; items: number },
  pick: (batch: Batch, b: number) => Int32Array,
): number[][] {
  const counts = Array.from({ length: users }, () => new Array<number>(items).fill(0));
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (let step = 0; step < sampler.steps; step++) {
      const batch = sampler.propose(epoch, step);
      for (const [b, user] of batch.users.entries()) for (const item of pick(batch, b)) counts[user]![item]!++;
    }
  }
  return counts;
}

export function negativesOf(batch: Batch, b: number): Int32Array {
  if (batch.negatives === 'in-batch') throw new Error('in-batch');
  const { data, columns } = batch.negatives;
  return data.subarray(b * columns, (b + 1) * columns);
}

/** Bytes in use in the kernels' memory. */
export function allocated(): number {
  return kernels().memory.usage.allocated;
}
