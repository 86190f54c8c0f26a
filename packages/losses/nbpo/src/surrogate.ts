/** The surrogate gradient of eq. 9 (Yu & Qin, SIGIR 2020), term by term, in float64. */
import type { PlainScores } from '@losslab/core';
import { plainGammaOf } from './noise-model.ts';

/**
 * −∇L_s / B by each score, where ∂ ln σ(x)/∂x = σ(−x) stands for the derivative of every σ(x) in eq. 8.
 * @param scores R̂ and, in `auxiliary.gamma`, Γ̂ of the same pairs
 * @param B the batch's rows
 * @param saturation where |x| is larger, σ(x) is 0 or 1
 */
export function surrogateGradient(scores: PlainScores, B: number, saturation = Number.POSITIVE_INFINITY): PlainScores {
  const sigma = (x: number): number => (Math.abs(x) > saturation ? Number(x > 0) : 1 / (1 + Math.exp(-x)));
  const gamma = plainGammaOf(scores);
  const { positive, negative } = scores;
  const by = (of: Float64Array, term: (r: number, g: number) => number, g: Float64Array): Float64Array =>
    of.map((r, k) => -term(r, g[k]!) / B);
  return {
    positive: by(positive, (r, g) => sigma(-g) * sigma(-r), gamma.positive),
    negative: by(negative, (r, g) => -sigma(r) + sigma(g) * sigma(-r), gamma.negative),
    ...(scores.auxiliary && {
      auxiliary: {
        gamma: {
          positive: by(positive, (r, g) => -sigma(g) * sigma(r), gamma.positive),
          negative: by(negative, (r, g) => sigma(-g) * sigma(r), gamma.negative),
        },
      },
    }),
  };
}
