import { rowsByPair } from '@losslab/core';
import { expected } from '../errors.ts';
import { type RowTable, rowsWhere, takeRows } from './rows.ts';

/**
 * One row a pair of user and item.
 * @param keep of several rows of one pair the `first` or `last` of the table, or the one with the `latest` timestamp (of
 *   equal ones the last).
 * @throws LosslabError `bad-data` for `latest` without timestamps
 */
export function deduplicate<T extends RowTable>(table: T, keep: 'first' | 'last' | 'latest' = 'last'): T {
  const { users, items, timestamps } = table;
  if (keep === 'latest' && timestamps === undefined) {
    throw expected(
      'bad-data',
      'timestamps to tell the latest of repeated rows',
      'none',
      'keep the first or last instead',
    );
  }
  const isBetter = (row: number, than: number) =>
    keep === 'latest' ? timestamps![row]! >= timestamps![than]! : keep === 'last';
  const { rows } = rowsByPair(table);
  const isKept = new Uint8Array(rows.length);
  for (let k = 0; k < rows.length; ) {
    const first = rows[k]!;
    let best = first;
    for (; k < rows.length && users[rows[k]!] === users[first] && items[rows[k]!] === items[first]; k++) {
      if (isBetter(rows[k]!, best)) best = rows[k]!;
    }
    isKept[best] = 1;
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
