/** Cells with fewer expected counts than this are put together: below it χ² is not χ². */
const LEAST_EXPECTED = 5;

export interface ChiSquare {
  readonly statistic: number;
  readonly freedom: number;
}

/** Pearson's χ² of counts against weights that are scaled to their sum. Counts where the weight is 0 give infinity. */
export function chiSquare(counts: ArrayLike<number>, weights: ArrayLike<number>): ChiSquare {
  let [total, mass] = [0, 0];
  for (let k = 0; k < counts.length; k++) {
    total += counts[k]!;
    mass += weights[k]!;
  }
  let [statistic, cells, restCount, restExpected] = [0, 0, 0, 0];
  const add = (count: number, expected: number): void => {
    statistic += (count - expected) ** 2 / expected;
    cells++;
  };
  for (let k = 0; k < counts.length; k++) {
    const expected = (total * weights[k]!) / mass;
    if (expected === 0 && counts[k]! > 0) return { statistic: Number.POSITIVE_INFINITY, freedom: 1 };
    if (expected >= LEAST_EXPECTED) add(counts[k]!, expected);
    else [restCount, restExpected] = [restCount + counts[k]!, restExpected + expected];
  }
  if (restExpected > 0) add(restCount, restExpected);
  return { statistic, freedom: Math.max(0, cells - 1) };
}

/** How many standard deviations above what chance allows (Wilson & Hilferty 1931). */
export function deviations({ statistic, freedom }: ChiSquare): number {
  if (freedom === 0) return statistic > 1e-9 ? Number.POSITIVE_INFINITY : 0;
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
}
