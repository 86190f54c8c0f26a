import { expected } from '../errors.ts';
import { type RowTable, rowsByUser, rowsWhere, takeRows } from './rows.ts';

/**
 * One row a pair of user and item.
 * @param keep of several rows of one pair the `first` or `last` of the table, or the one with the `latest` timestamp (of
 *   equal ones the last).
 * @throws LosslabError `bad-data` for `latest` without timestamps
 */
export function deduplicate<T extends RowTable>(table: T, keep: 'first' | 'last' | 'latest' = 'last'): T {
  const { items, timestamps } = table;
  if (keep === 'latest' && timestamps === undefined) {
    throw expected(
      'bad-data',
      'timestamps to tell the latest of repeated rows',
      'none',
      'keep the first or last instead',
    );
  }
  const later = (a: number, b: number) => (keep === 'latest' ? timestamps![a]! - timestamps![b]! : 0) || a - b;
  const { start, rows } = rowsByUser(table);
  const isKept = new Uint8Array(rows.length);
  for (let u = 0; u < table.userCount; u++) {
    const mine = rows.subarray(start[u]!, start[u + 1]!).sort((a, b) => items[a]! - items[b]! || later(a, b));
    for (let k = 0; k < mine.length; k++) {
      const neighbour = keep === 'first' ? mine[k - 1] : mine[k + 1];
      if (neighbour === undefined || items[neighbour] !== items[mine[k]!]) isKept[mine[k]!] = 1;
    }
  }
  const kept = rowsWhere(isKept.length, (row) => isKept[row] === 1);
  return kept.length === isKept.length ? table : takeRows(table, kept);
}

/** The rows with a rating of `least` or more. @throws LosslabError `bad-data` for a table without ratings */
export function ratingAtLeast<T extends RowTable>(table: T, least: number): T {
  const { ratings } = table;
  if (ratings === undefined) {
    throw expected(
      'bad-data',
      `ratings to compare with ${least}`,
      'none',
      'leave the threshold out, or say the rating column',
    );
  }
  return takeRows(
    table,
    rowsWhere(ratings.length, (row) => ratings[row]! >= least),
  );
}

/** Rows that a user and an item must have to stay, each. */
export interface CoreSize {
  readonly users: number;
  readonly items: number;
}

/**
 * The k-core: the largest part of the table in which every user that occurs has at least `users` rows and every item at
 * least `items`. Rows of users and items that fall short are dropped until nothing changes. Numbers stay (see `compact`).
 */
export function kCore<T extends RowTable>(table: T, { users: leastOfUser, items: leastOfItem }: CoreSize): T {
  let rows = rowsWhere(table.users.length, () => true);
  for (;;) {
    const userDegrees = new Int32Array(table.userCount);
    const itemDegrees = new Int32Array(table.itemCount);
    for (const row of rows) {
      userDegrees[table.users[row]!]!++;
      itemDegrees[table.items[row]!]!++;
    }
    const stays = (row: number) =>
      userDegrees[table.users[row]!]! >= leastOfUser && itemDegrees[table.items[row]!]! >= leastOfItem;
    const kept = rows.filter(stays);
    if (kept.length === rows.length) return rows.length === table.users.length ? table : takeRows(table, rows);
    rows = kept;
  }
}
