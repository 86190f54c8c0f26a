/** The paper's terms in float64, as they are written. */
import type { Naive } from '@losslab/testkit';

export const sigma = (x: number): number => 1 / (1 + Math.exp(-x));

/** ln σ(x), for any x. */
export const logSigma = (x: number): number => (x > 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x)));

/** A voted or an unvoted pair's term, of its R̂ and Γ̂. */
export type Term = (r: number, gamma: number) => number;

/** −(Σ of voted terms + Σ of unvoted terms) / B; Γ̂ = 0 where there is no noise model. */
export function pairwise(voted: Term, unvoted: Term): Naive {
  return ({ positive, negative, auxiliary: { gamma } }) => {
    let sum = 0;
    for (let b = 0; b < positive.length; b++) {
      for (const [m, r] of positive[b]!.entries()) sum += voted(r, gamma ? gamma.positive[b]![m]! : 0);
      for (const [n, r] of negative[b]!.entries()) sum += unvoted(r, gamma ? gamma.negative[b]![n]! : 0);
    }
    return -sum / positive.length;
  };
}

/** Eq. 8. */
export const surrogateLikelihood = pairwise(
  (r, g) => sigma(-g) * sigma(r),
  (r, g) => sigma(-r) + sigma(g) * sigma(r),
);
