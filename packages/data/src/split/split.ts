import { type InteractionTable, rowsByUser } from '@losslab/core';
import { expected } from '../errors.ts';
import { randomOf, STREAM } from '../random.ts';
import { rowsWhere } from '../table/rows.ts';
import { DEFAULT_TEST_SHARE, type SplitSpec } from './spec.ts';

/** Row numbers of a table by part, each ascending; every row is in exactly one part. */
export interface Split {
  readonly train: Int32Array;
  readonly valid: Int32Array;
  readonly test: Int32Array;
}

/** Which part a row belongs to. */
const TRAIN = 0;
const VALID = 1;
const TEST = 2;

/**
 * Splits the rows of a table; the same table, spec and seed give the same parts.
 * @throws LosslabError `bad-option` for shares, `bad-data` without timestamps where they are needed, or for an empty part
 */
export function splitRows(table: InteractionTable, spec: SplitSpec, seed: number): Split {
  const part = partOfRows(table, spec, seed);
  const rowsOf = (which: number) => rowsWhere(part.length, (row) => part[row] === which);
  const split = { train: rowsOf(TRAIN), valid: rowsOf(VALID), test: rowsOf(TEST) };
  for (const name of ['train', 'test'] as const) {
    if (split[name].length > 0) continue;
    const got = `none of ${part.length} rows`;
    throw expected('bad-data', `rows in the ${name} part of a ${spec.kind} split`, got, 'choose other shares', 'split');
  }
  return split;
}

function partOfRows(table: InteractionTable, spec: SplitSpec, seed: number): Uint8Array {
  if (spec.kind === 'leave-one-out') return leaveOneOut(table, spec.by ?? 'time', spec.valid ?? false, seed);
  const { test = DEFAULT_TEST_SHARE, valid = 0 } = spec;
  if (!(test > 0 && valid >= 0 && test + valid < 1)) {
    throw expected(
      'bad-option',
      'shares 0 < test, 0 ≤ valid, test + valid < 1',
      `${test} and ${valid}`,
      'mend them',
      'split',
    );
  }
  if (spec.kind === 'per-user') return perUser(table, test, valid, seed);
  const order = spec.kind === 'random' ? randomOf(seed, STREAM.split).permutation(table.users.length) : byTime(table);
  return fromTheEnd(order, Math.round(test * order.length), Math.round(valid * order.length));
}

/** The last `test` rows of an order are the test part, the `valid` rows before them the validation part. */
function fromTheEnd(order: Int32Array, test: number, valid: number): Uint8Array {
  const part = new Uint8Array(order.length);
  for (let k = 0; k < Math.min(test, order.length); k++) part[order[order.length - 1 - k]!] = TEST;
  for (let k = test; k < Math.min(test + valid, order.length); k++) part[order[order.length - 1 - k]!] = VALID;
  return part;
}

/** Rows in the order of their timestamps, equal ones in the table's order. */
function byTime(table: InteractionTable): Int32Array {
  const times = timesOf(table);
  return rowsWhere(times.length, () => true).sort((a, b) => times[a]! - times[b]! || a - b);
}

function timesOf({ timestamps }: InteractionTable): Float64Array {
  if (timestamps !== undefined) return timestamps;
  throw expected(
    'bad-data',
    'timestamps to split by time',
    'none',
    'say the timestamp column, or split at random',
    'split',
  );
}

/**
 * How many of `count` rows a part of this share gets: rounded, at least one where there are three or more, never all.
 */
export function shareOf(count: number, share: number): number {
  if (share === 0 || count < 2) return 0;
  return Math.min(count - 1, Math.max(count >= 3 ? 1 : 0, Math.round(count * share)));
}

function perUser(table: InteractionTable, test: number, valid: number, seed: number): Uint8Array {
  const part = new Uint8Array(table.users.length);
  const { start, rows } = rowsByUser(table);
  for (let u = 0; u < table.userCount; u++) {
    const mine = rows.subarray(start[u]!, start[u + 1]!);
    if (mine.length < 2) continue;
    randomOf(seed, STREAM.split, u).shuffle(mine);
    const testCount = shareOf(mine.length, test);
    const validCount = Math.min(shareOf(mine.length, valid), mine.length - 1 - testCount);
    for (let k = 0; k < testCount; k++) part[mine[k]!] = TEST;
    for (let k = testCount; k < testCount + validCount; k++) part[mine[k]!] = VALID;
  }
  return part;
}

/** Users of one row stay in training, those of two have no validation row. */
function leaveOneOut(table: InteractionTable, by: 'time' | 'random', valid: boolean, seed: number): Uint8Array {
  const part = new Uint8Array(table.users.length);
  const times = by === 'time' ? timesOf(table) : undefined;
  const { start, rows } = rowsByUser(table);
  for (let u = 0; u < table.userCount; u++) {
    const mine = rows.subarray(start[u]!, start[u + 1]!);
    if (mine.length < 2) continue;
    if (times === undefined) randomOf(seed, STREAM.split, u).shuffle(mine);
    else mine.sort((a, b) => times[a]! - times[b]! || a - b);
    part[mine.at(-1)!] = TEST;
    if (valid && mine.length > 2) part[mine.at(-2)!] = VALID;
  }
  return part;
}
