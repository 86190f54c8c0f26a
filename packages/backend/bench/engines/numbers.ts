import * as tf from '@tensorflow/tfjs';
import { type EmbeddingTable, embeddingRows } from '../../src/index.ts';
import type { Rows, Tables } from './problem.ts';

/** What an op computes, part by part: another engine's has to be close to each. */
export type Numbers = Readonly<Record<string, readonly number[]>>;

/** Within it, of a part's largest number, two engines agree: float32, sums in another order. */
export const TOLERANCE = 1e-3;

/** Whether each part is close to the reference's. A part that is zero everywhere, or holds no number, agrees with nothing. */
export function agrees(numbers: Numbers, reference: Numbers): boolean {
  return Object.entries(reference).every(([part, wanted]) => {
    const got = numbers[part] ?? [];
    const largest = wanted.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const isClose = (x: number, i: number): boolean =>
      Number.isFinite(x) && Math.abs(x - wanted[i]!) <= TOLERANCE * largest;
    return largest > 0 && got.length === wanted.length && got.every(isClose);
  });
}

const KEPT = 4096; // numbers of a part

export const kept = (x: tf.Tensor): number[] => Array.from(x.dataSync().subarray(0, KEPT));

/** The tables that an op moves. */
export type Moving = readonly ('users' | 'items')[];

/** Rows of the batch as they are now, by table. */
export function rowsNow(tables: Tables, { leftRows, rightRows }: Rows, moving: Moving): Record<string, number[]> {
  const rowsOf = (table: EmbeddingTable, ids: Int32Array): number[] =>
    tf.tidy(() => kept(embeddingRows(table, ids.slice(0, Math.ceil(KEPT / table.dimension)))));
  const ids = { users: leftRows, items: rightRows.data };
  return Object.fromEntries(moving.map((name) => [name, rowsOf(tables[name], ids[name])]));
}

/** after − before, by table. */
export function moves(after: Numbers, before: Numbers): Numbers {
  const parts = Object.entries(after).map(([name, values]) => {
    const start = before[name]!;
    return [`moves of ${name}`, values.map((x, i) => x - start[i]!)];
  });
  return Object.fromEntries(parts);
}
