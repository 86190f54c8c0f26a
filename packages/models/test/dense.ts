import type { Interactions } from '@losslab/core';
import { itemsOf } from '@losslab/core';

/** X [users][items] of zeros and ones. */
export function dense(data: Interactions): number[][] {
  return Array.from({ length: data.userCount }, (_, user) => {
    const row = new Array<number>(data.itemCount).fill(0);
    for (const item of itemsOf(data, user)) row[item] = 1;
    return row;
  });
}

/** x with a · x = b, by Gaussian elimination with row exchanges in float64. */
export function solveNaively(a: readonly number[][], b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]!]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    const best = rows.slice(k).reduce((at, row, i) => (Math.abs(row[k]!) > Math.abs(rows[at]![k]!) ? k + i : at), k);
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    for (let i = k + 1; i < n; i++) {
      const share = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= share * rows[k]![j]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let sum = rows[k]![n]!;
    for (let j = k + 1; j < n; j++) sum -= rows[k]![j]! * x[j]!;
    x[k] = sum / rows[k]![k]!;
  }
  return x;
}
