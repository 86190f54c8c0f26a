/** In float64, from the printed equations and sharing no code with the package. */
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** ℓ(ŷ, y) of eq. 1, with ŷ = σ(x). */
export function logLoss(x: number, y: number): number {
  const log = (probability: number, score: number): number => (score < -30 ? score : Math.log(probability));
  return y === 1 ? -log(sigmoid(x), x) : -log(sigmoid(-x), -x);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Labels of the test kit's batches: 0, 1, 0, 1 ... */
export const labelOf = (row: number): number => row % 2;

export function labelledMean(labelled: readonly number[], of: (x: number, y: number) => number = logLoss): number {
  return mean(labelled.map((x, row) => of(x, labelOf(row))));
}
