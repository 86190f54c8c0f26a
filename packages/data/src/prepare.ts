import type { IdMaps } from '@losslab/core';
import { expected } from './errors.ts';
import { type CoreSize, deduplicate, kCore, ratingAtLeast } from './table/filters.ts';
import { compact, type RowTable } from './table/rows.ts';

export interface FilterOptions {
  readonly minRating?: number | undefined;
  readonly kCore?: CoreSize | undefined;
}

const count = (n: number) => n.toLocaleString('en-US');

/**
 * Filters a table before it is split: rating threshold, one row a pair (the last), k-core; then leaves out users and items
 * that have no row. Adds a sentence to `provenance` for whatever changed rows.
 */
export function prepare(
  table: RowTable,
  ids: IdMaps,
  options: FilterOptions,
  provenance: string[],
): { table: RowTable; ids: IdMaps } {
  let rows = filterRatings(table, options, provenance);
  const all = rows.users.length;
  rows = deduplicate(rows);
  if (rows.users.length < all)
    provenance.push(`${count(all - rows.users.length)} rows that repeat a later pair were dropped.`);
  const core = options.kCore;
  if (core !== undefined) {
    const before = rows.users.length;
    rows = kCore(rows, core);
    const size = `${core.users}-core of users, ${core.items}-core of items`;
    provenance.push(`${size}: ${count(rows.users.length)} of ${count(before)} rows stay.`);
    refuseEmpty(rows, `${core.users} and ${core.items}`, 'kCore');
  }
  return rows === table ? { table, ids } : compact(rows, ids);
}

/** The rating threshold, with its sentence; the table as it is where there is none. */
export function filterRatings(table: RowTable, { minRating }: FilterOptions, provenance: string[]): RowTable {
  if (minRating === undefined) return table;
  const rows = ratingAtLeast(table, minRating);
  provenance.push(
    `Ratings of ${minRating} or more: ${count(rows.users.length)} of ${count(table.users.length)} rows stay.`,
  );
  refuseEmpty(rows, String(minRating), 'minRating');
  return rows;
}

function refuseEmpty(rows: RowTable, got: string, where: string): void {
  if (rows.users.length > 0) return;
  throw expected('bad-data', `a ${where} that leaves rows`, `${got}, which leaves none`, 'lower it', where);
}
