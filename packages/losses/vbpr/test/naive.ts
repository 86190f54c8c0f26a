/** The equations in float64, weight by weight, as they are written. */

/** Σ_k softmax(x / c)_k x_k: ⟨u, c⁺⟩ of eq. 12 or ⟨u, c⁻⟩ of eq. 13. */
export function interest(x: readonly number[], c: number): number {
  return dot(softmax(x.map((s) => s / c)), x);
}

export function softmax(x: readonly number[]): number[] {
  const most = Math.max(...x);
  const exponentials = x.map((value) => Math.exp(value - most));
  const total = sum(exponentials);
  return exponentials.map((e) => e / total);
}

/** −ln σ(x). */
export function minusLogSigmoid(x: number): number {
  return x > 0 ? Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)) - x;
}

export function dot(x: readonly number[], y: readonly number[]): number {
  return sum(x.map((value, k) => value * y[k]!));
}

export function mean(x: readonly number[]): number {
  return sum(x) / x.length;
}

function sum(x: readonly number[]): number {
  return x.reduce((total, value) => total + value, 0);
}
