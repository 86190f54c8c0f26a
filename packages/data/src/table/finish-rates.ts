import type { RowTable } from './rows.ts';

/** Who played what for how long, a row a play. */
export interface PlayLog {
  readonly userCount: number;
  readonly itemCount: number;
  readonly users: Int32Array; // [rows]
  readonly items: Int32Array; // [rows]
  readonly played: Float64Array; // [rows], milliseconds
  readonly duration: Float64Array; // [rows], milliseconds of the item; 0 where it is not known
}

const count = (n: number) => n.toLocaleString('en-US');

/**
 * Finish rates, played / duration, as ratings: rates over 1 are clipped to 1 and rows of duration 0 dropped, both with a sentence
 * in `provenance`.
 */
export function finishRates(log: PlayLog, provenance: string[] = []): { table: RowTable; rows: Int32Array } {
  const { userCount, itemCount, users, items, played, duration } = log;
  const rows = Int32Array.from(users.keys()).filter((row) => duration[row]! > 0);
  const rates = Float64Array.from(rows, (row) => played[row]! / duration[row]!);
  const clipped = rates.filter((rate) => rate > 1).length;
  if (clipped > 0) provenance.push(`${count(clipped)} finish rates over 1 were clipped to 1.`);
  const dropped = users.length - rows.length;
  if (dropped > 0) provenance.push(`${count(dropped)} rows of duration 0 were dropped.`);
  const table = {
    userCount,
    itemCount,
    users: Int32Array.from(rows, (row) => users[row]!),
    items: Int32Array.from(rows, (row) => items[row]!),
    ratings: Float32Array.from(rates, (rate) => Math.min(1, rate)),
  };
  return { table, rows };
}

/** The log as CSV with a header, for readers of `columns: { user, item, finishRate: { played, duration } }`. */
export function playLogText({ users, items, played, duration }: PlayLog): string {
  const lines = Array.from(users, (user, row) => [user, items[row], played[row], duration[row]].join(','));
  return ['user,item,played,duration', ...lines, ''].join('\n');
}
