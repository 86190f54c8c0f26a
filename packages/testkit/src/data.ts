import { hasInteraction, type Interactions, interactionsFromTable } from '@losslab/core';

/** A data set and what a personalised model must find in it. */
export interface Checkerboard {
  readonly train: Interactions;
  /** `[userCount]`: the one item that user u likes and that was withheld. */
  readonly withheld: Int32Array;
}

/**
 * User u likes item i where u + i is even; the diagonal is withheld. With size 6, x in train, ? withheld:
 *
 *     ? . x . x .
 *     . ? . x . x
 *     x . ? . x .
 *     . x . ? . x
 *
 * A model that knows users from one another ranks ? above every dot; popularity cannot.
 */
export function checkerboard(size = 50): Checkerboard {
  const users: number[] = [];
  const items: number[] = [];
  for (let u = 0; u < size; u++) {
    for (let i = u % 2; i < size; i += 2) {
      if (i === u) continue;
      users.push(u);
      items.push(i);
    }
  }
  return {
    train: fromPairs(size, size, users, items),
    withheld: Int32Array.from({ length: size }, (_, u) => u),
  };
}

/**
 * Small uneven interactions: user u touched item i where (7u + 3i) mod 10 < 2 + u mod 4; the last user touched nothing,
 * and the last item nobody touched. Where `everything` is set, user 1 has every item.
 */
export function smallInteractions(
  options: { userCount?: number; itemCount?: number; everything?: boolean } = {},
): Interactions {
  const { userCount = 12, itemCount = 20, everything = false } = options;
  const users: number[] = [];
  const items: number[] = [];
  for (let u = 0; u < userCount; u++) {
    for (let i = 0; i < itemCount; i++) {
      const isTouched = u + 1 < userCount && i + 1 < itemCount && (7 * u + 3 * i) % 10 < 2 + (u % 4);
      if (!isTouched && !(everything && u === 1)) continue;
      users.push(u);
      items.push(i);
    }
  }
  return fromPairs(userCount, itemCount, users, items);
}

function fromPairs(userCount: number, itemCount: number, users: number[], items: number[]): Interactions {
  return interactionsFromTable({ userCount, itemCount, users: Int32Array.from(users), items: Int32Array.from(items) });
}

/** The pairs of `data`, user by user. */
export function pairsOf(data: Interactions): { users: Int32Array; items: Int32Array } {
  const users = new Int32Array(data.indices.length);
  for (let u = 0; u < data.userCount; u++) users.fill(u, data.indptr[u]!, data.indptr[u + 1]!);
  return { users, items: data.indices.slice() };
}

/** The items that user u did not touch, ascending. */
export function unseenItems(data: Interactions, user: number): number[] {
  return Array.from({ length: data.itemCount }, (_, item) => item).filter((item) => !hasInteraction(data, user, item));
}
