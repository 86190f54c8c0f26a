import type { Interactions } from '@losslab/core';

/** The same interactions by item: the users of item i are `indices[indptr[i] .. indptr[i + 1])`, ascending. */
export interface ByItem {
  readonly indptr: Int32Array; // [itemCount + 1]
  readonly indices: Int32Array; // [interactions]
}

export function byItem({ userCount, itemCount, indptr, indices }: Interactions): ByItem {
  const starts = new Int32Array(itemCount + 1);
  for (const item of indices) starts[item + 1]!++;
  for (let item = 0; item < itemCount; item++) starts[item + 1]! += starts[item]!;
  const next = starts.slice();
  const users = new Int32Array(indices.length);
  for (let user = 0; user < userCount; user++) {
    for (let p = indptr[user]!; p < indptr[user + 1]!; p++) users[next[indices[p]!]!++] = user;
  }
  return { indptr: starts, indices: users };
}
