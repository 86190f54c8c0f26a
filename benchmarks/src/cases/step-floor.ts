import type { Floor } from '../floor.ts';
import type { StepSizes } from '../losslab-step.ts';

/** Expected number of distinct rows of a table of `rows` among `draws`, uniform and with replacement. */
const distinct = (rows: number, draws: number): number => rows * (1 - (1 - 1 / rows) ** draws);

const thousands = (n: number): string => Math.round(n).toLocaleString('en');
const megabytes = (n: number): string => `${(n / 1e6).toFixed(n < 1e7 ? 1 : 0)} MB`;

/**
 * A step of MF: each of B (M + N) pairs costs a product and two gradients of D terms, and a row of D floats three times; each
 * touched row, or with a `dense` pass each row, goes through Adam, which reads and writes it and its two moments.
 */
export function stepFloor(sizes: StepSizes, pass: 'touched' | 'dense' = 'touched'): Floor {
  const { users, items, batch, positives = 1, negatives, dimension } = sizes;
  const pairs = batch * (positives + negatives);
  const touched = pass === 'dense' ? users + items : distinct(users, batch) + distinct(items, pairs);
  const rowBytes = 3 * pairs * dimension * 4;
  const bytes = touched * dimension * 4 * 6;
  return {
    operations: 3 * 2 * pairs * dimension + touched * dimension * 12,
    bytes,
    rowBytes,
    counted: `${thousands(pairs)} pairs, a row three times each: ${megabytes(rowBytes)}; ${thousands(touched)} rows through Adam: ${megabytes(bytes)}`,
  };
}
