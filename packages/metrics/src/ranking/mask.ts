import { type Interactions, itemsOf } from '@losslab/core';

/** The items of each user in any of the parts, ascending and distinct, as compressed rows. */
export interface Mask {
  readonly indptr: Int32Array; // [users + 1]
  readonly indices: Int32Array;
}

/** Writes the union of two ascending lists into `out` and returns its length. */
function mergeInto(out: Int32Array, a: Int32Array, b: Int32Array): number {
  let [i, j, count] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const x = i < a.length ? a[i]! : Infinity;
    const y = j < b.length ? b[j]! : Infinity;
    out[count++] = Math.min(x, y);
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return count;
}

function union(a: Mask, b: Mask, userCount: number): Mask {
  const indptr = new Int32Array(userCount + 1);
  const indices = new Int32Array(a.indices.length + b.indices.length);
  const row = ({ indptr: at, indices: ids }: Mask, u: number): Int32Array => ids.subarray(at[u]!, at[u + 1]!);
  for (let u = 0; u < userCount; u++) {
    indptr[u + 1] = indptr[u]! + mergeInto(indices.subarray(indptr[u]!), row(a, u), row(b, u));
  }
  return { indptr, indices: indices.subarray(0, indptr[userCount]!) };
}

/** The items of each user in any of the parts: what recommendations leave out. */
export function unionOf(parts: readonly Interactions[], userCount: number): Mask {
  const empty: Mask = { indptr: new Int32Array(userCount + 1), indices: new Int32Array(0) };
  const [first = empty, ...rest] = parts as readonly Mask[];
  return rest.reduce((mask, part) => union(mask, part, userCount), first);
}

/** The users with at least one item in `part`, ascending, out of `users` (absent: all). */
export function usersWithItems(part: Interactions, users?: Int32Array): Int32Array {
  const all = users ?? Int32Array.from({ length: part.userCount }, (_, u) => u);
  return all.filter((u) => itemsOf(part, u).length > 0);
}
