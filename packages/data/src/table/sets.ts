import { hasInteraction, type Interactions } from '@losslab/core';
import { pick } from './pick.ts';

/** The interactions that `keep` wants, with their ratings and timestamps; `at` is the place in `data.indices`. */
export function interactionsWhere(
  data: Interactions,
  keep: (user: number, item: number, at: number) => boolean,
): Interactions {
  const { userCount, itemCount } = data;
  const indptr = new Int32Array(userCount + 1);
  const kept = new Int32Array(data.indices.length);
  let count = 0;
  for (let u = 0; u < userCount; u++) {
    for (let at = data.indptr[u]!; at < data.indptr[u + 1]!; at++)
      if (keep(u, data.indices[at]!, at)) kept[count++] = at;
    indptr[u + 1] = count;
  }
  const places = kept.subarray(0, count);
  const { ratings, timestamps } = data;
  return {
    userCount,
    itemCount,
    indptr,
    indices: pick(data.indices, places, new Int32Array(count)),
    ...(ratings && { ratings: pick(ratings, places, new Float32Array(count)) }),
    ...(timestamps && { timestamps: pick(timestamps, places, new Float64Array(count)) }),
  };
}

/** How many pairs `a` and `b` share. */
export function overlap(a: Interactions, b: Interactions): number {
  let count = 0;
  for (let u = 0; u < Math.min(a.userCount, b.userCount); u++) {
    for (let at = a.indptr[u]!; at < a.indptr[u + 1]!; at++) if (hasInteraction(b, u, a.indices[at]!)) count++;
  }
  return count;
}

/** The user of each interaction, in the order of `indices`. */
export function usersOf(data: Interactions): Int32Array {
  const users = new Int32Array(data.indices.length);
  for (let u = 0; u < data.userCount; u++) users.fill(u, data.indptr[u]!, data.indptr[u + 1]!);
  return users;
}
