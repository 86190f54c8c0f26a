import type { IdMatrix } from '@losslab/core';
import { expected } from '../errors.ts';
import { checkIds } from '../tables/check-ids.ts';
import { EmbeddingTable, type Rows, rowCount, width } from '../tables/embedding-table.ts';

/** Inverted dropout on the left row of each batch row, a pure function of (seed, epoch, step, batch row, column). */
export interface Dropout {
  /** Probability of a zero, 0 ≤ rate < 1; what stays is multiplied by 1 / (1 − rate). */
  readonly rate: number;
  readonly seed: number;
  readonly epoch: number;
  readonly step: number;
}

export interface PairOptions {
  /** Users, [users, dimension]: a table, or rows that other ops computed. */
  readonly left: Rows;
  /** Items, [items, dimension]. May be the same table as `left`. */
  readonly right: Rows;
  /** [B] */
  readonly leftRows: Int32Array;
  /** [B, N]; N may be 0. Labelled pairs are the case [L, 1]. */
  readonly rightRows: IdMatrix;
  readonly leftDropout?: Dropout;
}

/** Several matrices of right rows, for the same left rows. */
export interface PairPartsOptions extends Omit<PairOptions, 'rightRows'> {
  readonly rightRows: readonly IdMatrix[]; // each [B, N]
}

/** @throws LosslabError where shapes or ids do not fit together */
export function checkPairs({ left, right, leftRows, rightRows, leftDropout }: PairOptions): void {
  if (width(left) !== width(right)) {
    throw expected(`rows of one dimension`, `${width(left)} and ${width(right)}`, 'give both sides the same one');
  }
  const { rows, columns, data } = rightRows;
  if (leftRows.length !== rows || data.length !== rows * columns) {
    const got = `${leftRows.length} left rows, ${rows} × ${columns} right rows of ${data.length} ids`;
    throw expected('leftRows [B] and rightRows [B, N]', got, 'make their lengths agree');
  }
  if (leftDropout !== undefined && !(leftDropout.rate >= 0 && leftDropout.rate < 1)) {
    throw expected('a dropout rate in [0, 1)', String(leftDropout.rate), 'keep some entries', { where: 'dropout' });
  }
  checkIds(leftRows, rowCount(left), 'leftRows');
  checkIds(data, rowCount(right), 'rightRows');
}

/** Brings tables up to date before their rows are read. */
export function prepareRead({ left, right, leftRows, rightRows }: PairOptions): void {
  if (left instanceof EmbeddingTable) left.prepareRead(leftRows);
  if (right instanceof EmbeddingTable) right.prepareRead(rightRows.data);
}
