import type { InteractionTable } from './interactions.ts';

/** Row numbers in some order by user: user u's are `rows[start[u] .. start[u + 1])`. */
export interface RowOrder {
  readonly start: Int32Array; // [userCount + 1]
  readonly rows: Int32Array; // [rows]
}

/** The rows of each user, in the table's order: a counting sort. */
export function rowsByUser({ users, userCount }: InteractionTable): RowOrder {
  const start = new Int32Array(userCount + 1);
  for (let row = 0; row < users.length; row++) start[users[row]! + 1]!++;
  for (let u = 0; u < userCount; u++) start[u + 1]! += start[u]!;
  const next = start.slice();
  const rows = new Int32Array(users.length);
  for (let row = 0; row < rows.length; row++) rows[next[users[row]!]!++] = row;
  return { start, rows };
}

/** The rows of each user by ascending item, those of one item in the table's order. */
export function rowsByPair(table: InteractionTable): RowOrder {
  const { start, rows } = rowsByUser(table);
  for (let u = 0; u < table.userCount; u++) {
    const mine = rows.subarray(start[u]!, start[u + 1]!);
    if (!isAscending(mine, table.items)) sortByItem(mine, table.items);
  }
  return { start, rows };
}

function isAscending(rows: Int32Array, items: Int32Array): boolean {
  for (let k = 1; k < rows.length; k++) if (items[rows[k]!]! < items[rows[k - 1]!]!) return false;
  return true;
}

/** Sorts plain numbers, item · n + place, which needs no comparator; exact while items × n < 2⁵³. */
function sortByItem(rows: Int32Array, items: Int32Array): void {
  const n = rows.length;
  const before = rows.slice();
  const keys = new Float64Array(n);
  for (let k = 0; k < n; k++) keys[k] = items[before[k]!]! * n + k;
  keys.sort();
  for (let k = 0; k < n; k++) rows[k] = before[keys[k]! % n]!;
}
