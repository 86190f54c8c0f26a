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
  const users = Array.from(usersOf(data));
  const items = Array.from(data.indices);
  for (let u = 0; u < data.userCount; u++) {
    const wanted = Math.round(rate * (data.indptr[u + 1]! - data.indptr[u]!));
    if (wanted === 0) continue;
    const isFree = (item: number) =>
      !hasInteraction(data, u, item) && !(exclude !== undefined && hasInteraction(exclude, u, item));
    for (const item of drawFree(data.itemCount, wanted, isFree, seed, u)) {
      users.push(u);
      items.push(item);
    }
  }
  const added = users.length - data.indices.length;
  const padded = <A extends Float32Array | Float64Array>(values: A, out: A): A => {
    out.set(values as never);
    return out;
  };
  const length = data.indices.length + added;
  return interactionsFromTable({
    userCount: data.userCount,
    itemCount: data.itemCount,
    users: Int32Array.from(users),
    items: Int32Array.from(items),
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
