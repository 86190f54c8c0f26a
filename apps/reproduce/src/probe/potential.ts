/**
 * Mean Gaussian potential exp(−2‖x − y‖²) of all pairs of directions x, y of rows [n][D], in (0, 1]: least where they are
 * uniform on the sphere; its logarithm is the uniformity of Wang & Isola, ICML 2020, §4.1.2. NaN below two rows.
 */
export function gaussianPotential(rows: readonly (readonly number[])[]): number {
  const directions = rows.map((row) => {
    const norm = Math.hypot(...row);
    return row.map((value) => value / norm);
  });
  let sum = 0;
  for (const [k, x] of directions.entries()) {
    for (const y of directions.slice(0, k)) sum += Math.exp(-2 * squaredDistance(x, y));
  }
  return (2 * sum) / (rows.length * (rows.length - 1));
}

function squaredDistance(x: readonly number[], y: readonly number[]): number {
  let sum = 0;
  for (const [d, value] of x.entries()) sum += (value - y[d]!) ** 2;
  return sum;
}
