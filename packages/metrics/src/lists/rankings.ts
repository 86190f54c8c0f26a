import { hasInteraction, type Interactions, type InteractionTable } from '@losslab/core';
import { expected } from '../errors.ts';
import { markHits } from '../ranking/hits.ts';
import { usersWithItems } from '../ranking/mask.ts';
import type { Rankings } from '../ranking/rank.ts';

/** What was found in somebody's lists. */
export interface ListCounts {
  readonly rowCount: number;
  /** Rows that repeat a user's item; the best ranked one counts. */
  readonly repeatedRowCount: number;
  /** Rows with an item of the user's training or validation part, taken out. */
  readonly seenRowCount: number;
  /** Items that the numbering of the test part does not have: they keep their rank, and nobody holds them out. */
  readonly unknownItemCount: number;
  /** Users that the numbering of the test part does not have; left out. */
  readonly unknownUserCount: number;
  /** Users with test items and no list. */
  readonly listlessUserCount: number;
}

export interface ListRankings {
  readonly rankings: Rankings;
  readonly counts: ListCounts;
}

/**
 * The first k of each user's list, by descending score; of equal scores, and where there are no scores, the row that comes first
 * is better. Shorter lists end in −1.
 * @param lists a row an item, in the numbering of `test`; numbers beyond its counts are unknown users and items
 * @param mask parts whose items are taken out of their users' lists
 * @throws LosslabError `not-finite` where a score is NaN
 */
export function rankLists(
  lists: InteractionTable,
  test: Interactions,
  { k, mask }: { readonly k: number; readonly mask: readonly Interactions[] },
): ListRankings {
  const users = usersWithItems(test);
  const byUser = rowsByUser(lists);
  const items = new Int32Array(users.length * k).fill(-1);
  const scores = new Float32Array(items.length).fill(Number.NEGATIVE_INFINITY);
  const taken = { repeated: 0, seen: 0, listless: 0 };
  users.forEach((user, row) => {
    const kept = keptRows(lists, byUser(user), (item) => mask.some((part) => hasInteraction(part, user, item)), taken);
    if (byUser(user).length === 0) taken.listless++;
    kept.slice(0, k).forEach((at, rank) => {
      items[row * k + rank] = lists.items[at]!;
      scores[row * k + rank] = lists.ratings?.[at] ?? -rank;
    });
  });
  const isEvaluated = new Uint8Array(Math.max(test.userCount, lists.userCount));
  for (const user of users) isEvaluated[user] = 1;
  const distinct = (ids: Int32Array, isMeant: (id: number) => boolean) => new Set(ids.filter(isMeant)).size;
  return {
    rankings: {
      users,
      k,
      items,
      scores,
      hits: markHits(test, users, items, k),
      test,
      leftOutUserCount: distinct(lists.users, (user) => isEvaluated[user] === 0),
    },
    counts: {
      rowCount: lists.users.length,
      repeatedRowCount: taken.repeated,
      seenRowCount: taken.seen,
      unknownItemCount: distinct(lists.items, (item) => item >= test.itemCount),
      unknownUserCount: distinct(lists.users, (user) => user >= test.userCount),
      listlessUserCount: taken.listless,
    },
  };
}

/** The rows of each user, best first. */
function rowsByUser({ users, userCount, ratings }: InteractionTable): (user: number) => Int32Array {
  const starts = new Int32Array(userCount + 1);
  for (const user of users) starts[user + 1]!++;
  for (let user = 0; user < userCount; user++) starts[user + 1]! += starts[user]!;
  const next = starts.slice();
  const rows = new Int32Array(users.length);
  for (let row = 0; row < users.length; row++) rows[next[users[row]!]!++] = row;
  if (ratings !== undefined) {
    const odd = ratings.findIndex(Number.isNaN);
    if (odd >= 0) throw expected('not-finite', 'scores that can be ranked', `NaN in row ${odd}`, 'mend it', 'lists');
    for (let user = 0; user < userCount; user++) {
      rows.subarray(starts[user], starts[user + 1]).sort((a, b) => ratings[b]! - ratings[a]! || a - b);
    }
  }
  return (user) => (user < userCount ? rows.subarray(starts[user], starts[user + 1]) : rows.subarray(0, 0));
}

function keptRows(
  { items }: InteractionTable,
  rows: Int32Array,
  isSeen: (item: number) => boolean,
  taken: { repeated: number; seen: number },
): number[] {
  const before = new Set<number>();
  return Array.from(rows).filter((row) => {
    const item = items[row]!;
    if (before.has(item)) {
      taken.repeated++;
      return false;
    }
    before.add(item);
    if (!isSeen(item)) return true;
    taken.seen++;
    return false;
  });
}
