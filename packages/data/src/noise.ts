import { hasInteraction, type Interactions, interactionsFromTable } from '@losslab/core';
import { expected } from './errors.ts';
import { randomOf, STREAM } from './random.ts';
import { usersOf } from './table/sets.ts';

export interface NoiseOptions {
  /** Added interactions a user's own one, so that 0.1 gives ten per cent more. */
  readonly rate: number;
  readonly seed: number;
  /** Pairs that are never added, such as the test part. */
  readonly exclude?: Interactions | undefined;
}

/**
 * Adds false positives: to each user `rate` times as many items as the user has, rounded, drawn uniformly from the items
 * that the user has not and `exclude` has not. Added ones have rating 0 and timestamp 0 where the data has them.
 * @throws LosslabError `bad-option` for a rate below 0
 */
export function withFalsePositives(data: Interactions, { rate, seed, exclude }: NoiseOptions): Interactions {
  if (!(rate >= 0 && Number.isFinite(rate)))
    throw expected('bad-option', 'a rate of 0 or more', `${rate}`, 'mend it', 'rate');
  const added = new Int32Array(data.userCount);
  for (let u = 0; u < data.userCount; u++) added[u] = Math.round(rate * (data.indptr[u + 1]! - data.indptr[u]!));
  const most = data.indices.length + added.reduce((a, b) => a + b, 0);
  const padded = <A extends Int32Array | Float32Array | Float64Array>(values: A, out: A): A => {
    out.set(values as never);
    return out;
  };
  const users = padded(usersOf(data), new Int32Array(most));
  const items = padded(data.indices, new Int32Array(most));
  let length = data.indices.length;
  for (let u = 0; u < data.userCount; u++) {
    if (added[u] === 0) continue;
    const isFree = (item: number) =>
      !hasInteraction(data, u, item) && !(exclude !== undefined && hasInteraction(exclude, u, item));
    for (const item of drawFree(data.itemCount, added[u]!, isFree, seed, u)) {
      users[length] = u;
      items[length++] = item;
    }
  }
  return interactionsFromTable({
    userCount: data.userCount,
    itemCount: data.itemCount,
    users: users.subarray(0, length),
    items: items.subarray(0, length),
    ...(data.ratings && { ratings: padded(data.ratings, new Float32Array(length)) }),
    ...(data.timestamps && { timestamps: padded(data.timestamps, new Float64Array(length)) }),
  });
}

/** Up to `wanted` distinct free items: by rejection while most are free, else from the list of free ones. */
function drawFree(itemCount: number, wanted: number, isFree: (item: number) => boolean, seed: number, user: number) {
  const random = randomOf(seed, STREAM.noise, user);
  const drawn = new Set<number>();
  for (let draw = 0; draw < wanted * 20 && drawn.size < wanted; draw++) {
    const item = random.int(itemCount);
    if (isFree(item)) drawn.add(item);
  }
  if (drawn.size === wanted) return drawn;
  const free = Array.from({ length: itemCount }, (_, item) => item).filter((item) => isFree(item) && !drawn.has(item));
  for (const item of random.shuffle(free).slice(0, wanted - drawn.size)) drawn.add(item);
  return drawn;
}
