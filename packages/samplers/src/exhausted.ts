import { hasInteraction, type Interactions, itemsOf } from '@losslab/core';
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

/**
 * A row of `needed` different negatives takes that many items that its user does not have.
 * @throws LosslabError `bad-data`, naming the first user who leaves fewer.
 */
export function checkEnoughLeft(seen: Interactions, needed: number, exclude: 'seen' | 'nobody'): void {
  const { itemCount, userCount } = seen;
  const fail = (got: string): never => {
    throw expected(
      'bad-data',
      `${needed} items for the distinct negatives of a row`,
      got,
      'lower negatives, or set distinct to false',
      'distinct',
    );
  };
  if (itemCount < needed) fail(`${itemCount} in all`);
  if (exclude === 'nobody') return;
  for (let user = 0; user < userCount; user++) {
    const has = new Set(itemsOf(seen, user)).size;
    if (has > 0 && itemCount - has < needed) fail(`${itemCount - has} left by user ${user}, who has ${has}`);
  }
}
