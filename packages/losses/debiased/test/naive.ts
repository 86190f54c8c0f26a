import { lossFacts } from '@losslab/testkit';

/** E over a row's columns, or over rows: the mean, in float64. */
export function expectation(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Σ_j exp(s_j/t). */
export function sumOfExponentials(scores: readonly number[], t: number): number {
  let sum = 0;
  for (const score of scores) sum += Math.exp(score / t);
  return sum;
}

/** τ_u⁺ = (|I_u⁺| + K) / |I| in the test kit's data. */
export const topK = (user: number, K: number): number => (lossFacts.userDegrees[user]! + K) / lossFacts.itemCount;

/** τ_u⁺ = (1 + α) |I_u⁺| / |I| there. */
export const proportional = (user: number, alpha: number): number =>
  ((1 + alpha) * lossFacts.userDegrees[user]!) / lossFacts.itemCount;
