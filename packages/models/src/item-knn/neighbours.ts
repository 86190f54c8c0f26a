import { type Interactions, itemsOf } from '@losslab/core';
import { byItem } from '../by-item.ts';
import { pause } from '../pause.ts';

/** Each item's nearest others, nearest first; ids −1 where there are fewer than k. */
export interface Neighbours {
  readonly k: number;
  readonly ids: Int32Array; // [items, k]
  readonly weights: Float32Array; // [items, k], cosines
}

const ITEMS_A_TURN = 256;

/** The k items of greatest cosine with each item; of equal ones the lower numbers. Items without users in common are none. */
export async function nearestItems(data: Interactions, k: number, signal?: AbortSignal): Promise<Neighbours> {
  const { itemCount } = data;
  const ids = new Int32Array(itemCount * k).fill(-1);
  const weights = new Float32Array(itemCount * k);
  const cosines = cosinesOf(data);
  for (let item = 0; item < itemCount; item++) {
    if (item % ITEMS_A_TURN === 0) await pause(signal);
    const near = cosines(item).sort((a, b) => b.cosine - a.cosine || a.id - b.id);
    for (const [rank, { id, cosine }] of near.slice(0, k).entries()) {
      ids[item * k + rank] = id;
      weights[item * k + rank] = cosine;
    }
  }
  return { k, ids, weights };
}

interface Near {
  readonly id: number;
  readonly cosine: number;
}

/** The cosines |U_i ∩ U_j| / √(|U_i| |U_j|) of an item with every other that has a user in common. */
function cosinesOf(data: Interactions): (item: number) => Near[] {
  const users = byItem(data);
  const degree = (item: number): number => users.indptr[item + 1]! - users.indptr[item]!;
  const common = new Int32Array(data.itemCount);
  return (item) => {
    const others: number[] = [];
    for (let at = users.indptr[item]!; at < users.indptr[item + 1]!; at++) {
      for (const other of itemsOf(data, users.indices[at]!)) {
        if (other !== item && common[other]!++ === 0) others.push(other);
      }
    }
    return others.map((id) => {
      const cosine = common[id]! / Math.sqrt(degree(item) * degree(id));
      common[id] = 0;
      return { id, cosine };
    });
  };
}
