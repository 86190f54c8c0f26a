/** The zeros of the Chebyshev polynomial of degree `count`, in [0, 1]: where to sample for interpolation. */
export function nodes(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => (1 - Math.cos(((k + 0.5) * Math.PI) / count)) / 2);
}

/**
 * The matrix from values at `at` [n] to the coefficients of the polynomial through them, [n, n]: coefficient c of the k-th
 * Lagrange polynomial stands in c · n + k.
 */
export function interpolation(at: Float64Array): Float64Array {
  const n = at.length;
  const matrix = new Float64Array(n * n);
  at.forEach((own, k) => {
    let polynomial = [1];
    at.forEach((other, o) => {
      if (o !== k) polynomial = timesLinear(polynomial, -other / (own - other), 1 / (own - other));
    });
    polynomial.forEach((value, c) => {
      matrix[c * n + k] = value;
    });
  });
  return matrix;
}

/** polynomial · (constant + slope x) */
function timesLinear(polynomial: readonly number[], constant: number, slope: number): number[] {
  return [...polynomial, 0].map((value, c) => value * constant + (polynomial[c - 1] ?? 0) * slope);
}
