import { hasInteraction, type Interactions } from '@losslab/core';
import { expected } from './errors.ts';

/**
 * Users who have every item that could be drawn have no negative left.
 * @param drawable [items] whether an item can be drawn at all (absent: all can).
 * @throws LosslabError `bad-data`, naming the first of them.
 */
export function checkNoneExhausted(seen: Interactions, drawable?: Uint8Array): void {
  const items = Array.from({ length: seen.itemCount }, (_, item) => item).filter((item) => drawable?.[item] !== 0);
  for (let user = 0; user < seen.userCount; user++) {
    if (!hasAll(seen, user, items)) continue;
    const remedy = 'leave the user out, or set exclude to "nobody"';
    throw expected(
      'bad-data',
      'an item left for every user',
      `user ${user}, who has all ${items.length}`,
      remedy,
      'exclude',
    );
  }
}

function hasAll(seen: Interactions, user: number, items: readonly number[]): boolean {
  const degree = seen.indptr[user + 1]! - seen.indptr[user]!;
  return degree > 0 && degree >= items.length && items.every((item) => hasInteraction(seen, user, item));
}
