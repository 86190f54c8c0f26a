import type { IdMaps, InteractionTable, UnlabelledPairs } from '@losslab/core';
import { pick } from './pick.ts';

/** A table whose rows may carry a label each. */
export interface RowTable extends InteractionTable {
  readonly labels?: Float32Array; // [rows], 0 or 1
  /** Rows that a rule of labels left out; not among the rows of the table, nor kept by `takeRows`. */
  readonly unlabelled?: UnlabelledPairs;
}

/** The given rows of a table, in the given order. */
export function takeRows<T extends RowTable>(table: T, rows: Int32Array): T {
  const { userCount, itemCount, users, items, ratings, timestamps, labels } = table;
  return {
    userCount,
    itemCount,
    users: pick(users, rows, new Int32Array(rows.length)),
    items: pick(items, rows, new Int32Array(rows.length)),
    ...(ratings && { ratings: pick(ratings, rows, new Float32Array(rows.length)) }),
    ...(timestamps && { timestamps: pick(timestamps, rows, new Float64Array(rows.length)) }),
    ...(labels && { labels: pick(labels, rows, new Float32Array(rows.length)) }),
  } as T;
}

/** The numbers of the rows that `keep` wants, ascending. */
export function rowsWhere(rowCount: number, keep: (row: number) => boolean): Int32Array {
  const rows = new Int32Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row++) if (keep(row)) rows[count++] = row;
  return rows.slice(0, count);
}

/** Leaves out users and items without a row and numbers the others anew, in the same order. */
export function compact<T extends RowTable>(table: T, ids: IdMaps): { table: T; ids: IdMaps } {
  const users = renumbered(table.users, table.userCount);
  const items = renumbered(table.items, table.itemCount);
  return {
    table: {
      ...table,
      userCount: users.kept.length,
      itemCount: items.kept.length,
      users: users.column,
      items: items.column,
    },
    ids: {
      users: Array.from(users.kept, (old) => ids.users[old]!),
      items: Array.from(items.kept, (old) => ids.items[old]!),
    },
  };
}

function renumbered(column: Int32Array, count: number): { column: Int32Array; kept: Int32Array } {
  const isUsed = new Uint8Array(count);
  for (const value of column) isUsed[value] = 1;
  const kept = rowsWhere(count, (value) => isUsed[value] === 1);
  const numberOf = new Int32Array(count);
  kept.forEach((old, number) => {
    numberOf[old] = number;
  });
  return { column: column.map((old) => numberOf[old]!), kept };
}
