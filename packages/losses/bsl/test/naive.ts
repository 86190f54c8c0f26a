/** E over a row's columns, or over rows: the mean, in float64. */
export function expectation(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
