export interface DensityOptions {
  /** Points of the estimate. */
  readonly count?: number;
  /** Where to estimate; absent: from the least to the greatest value, and three bandwidths more. */
  readonly range?: readonly [low: number, high: number];
  /** Values that differ by it are one, such as angles by 2π; absent: none. */
  readonly period?: number;
}

/**
 * A Gaussian kernel density estimate over `count` points from the least value to the greatest, with Silverman's bandwidth
 * 0.9 · min(sd, IQR / 1.34) · n^(−1/5) (Silverman 1986, eq. 3.31).
 */
export function density(
  values: readonly number[],
  { count = 120, range, period }: DensityOptions = {},
): { readonly x: number; readonly y: number }[] {
  const h = bandwidth(values);
  if (!(h > 0)) return [];
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = range ?? [sorted[0]! - 3 * h, sorted.at(-1)! + 3 * h];
  const kernel = (distance: number): number => Math.exp(-0.5 * (distance / h) ** 2);
  const scale = 1 / (values.length * h * Math.sqrt(2 * Math.PI));
  return Array.from({ length: count }, (_, k) => {
    const x = low + ((high - low) * k) / (count - 1);
    let sum = 0;
    for (const value of values)
      sum += kernel(x - value) + (period ? kernel(x - value - period) + kernel(x - value + period) : 0);
    return { x, y: scale * sum };
  });
}

function bandwidth(values: readonly number[]): number {
  const n = values.length;
  const sorted = [...values].sort((a, b) => a - b);
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const quartile = (share: number): number => sorted[Math.min(n - 1, Math.floor(share * n))]!;
  const spread = (quartile(0.75) - quartile(0.25)) / 1.34;
  return 0.9 * (spread > 0 ? Math.min(sd, spread) : sd) * n ** -0.2;
}
