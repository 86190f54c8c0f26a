import { hasInteraction, type Interactions, itemsOf, type RankedUser } from '@losslab/core';
import type { Rankings } from './rank.ts';

/** 1 where items [n, k] of users [n] are test items. −1 never is. */
export function markHits(test: Interactions, users: Int32Array, items: Int32Array, k: number): Uint8Array {
  const hits = new Uint8Array(items.length);
  for (let row = 0; row < users.length; row++) {
    for (let at = row * k; at < (row + 1) * k && items[at]! >= 0; at++) {
      if (hasInteraction(test, users[row]!, items[at]!)) hits[at] = 1;
    }
  }
  return hits;
}

/** The ranking in row `row`, as metrics want it: views. */
export function rankedUser({ users, k, items, hits, test }: Rankings, row: number): RankedUser {
  const [start, end] = [row * k, (row + 1) * k];
  return { ranked: items.subarray(start, end), hits: hits.subarray(start, end), relevant: itemsOf(test, users[row]!) };
}
