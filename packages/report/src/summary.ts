/** Mean and spread of one quantity over runs that differ in their seed alone. */
export interface Summary {
  readonly mean: number;
  /** Sample standard deviation (n − 1); 0 where there is one value. */
  readonly sd: number;
  readonly count: number;
}

/** NaN and 0 where there are no values. */
export function summarise(values: readonly number[]): Summary {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: count > 1 ? Math.sqrt(squares / (count - 1)) : 0, count };
}
