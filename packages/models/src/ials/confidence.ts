/**
 * c_u = |I| τ_u⁺ / |I_u⁺|, how much more the debiased loss trusts a known positive (Jin & Li, 2023, §3.2), by either definition of
 * τ_u⁺ (§2.2):
 *
 *     top-k:         c_u = (|I_u⁺| + K) / |I_u⁺|          proportional:  c_u = 1 + α
 */
import { LosslabError } from '@losslab/core';

export interface Debiasing {
  readonly debiased: 'no' | 'top-k' | 'proportional';
  readonly K: number;
  readonly alpha: number;
}

/**
 * c_u [users]; 1 for users without interactions.
 * @throws LosslabError `bad-option` where τ_u⁺ = c_u |I_u⁺| / |I| is 1 or more, or where c_u is so large that the objective has no
 *   minimum: with α₀ > 1 a known positive weighs (1 − α₀) c_u + α₀, which must not be negative.
 */
export function confidences(options: Debiasing, alpha0: number, degrees: Int32Array, itemCount: number): Float32Array {
  const { debiased, K, alpha } = options;
  return Float32Array.from(degrees, (degree, user) => {
    if (degree === 0) return 1;
    const c = debiased === 'top-k' ? (degree + K) / degree : 1 + alpha;
    const option = debiased === 'top-k' ? 'K' : 'alpha';
    const who = `user ${user}, who has ${degree} of ${itemCount} items`;
    if (c * degree >= itemCount) {
      throw refusal(`τ_u⁺ in (0, 1) (eq. 5, ${debiased})`, `${(c * degree) / itemCount} for ${who}`, option);
    }
    if ((1 - alpha0) * c + alpha0 < 0) {
      throw refusal('(1 − α₀) c_u + α₀ >= 0 (debiased iALS)', `c_u = ${c} for ${who} with α₀ = ${alpha0}`, option);
    }
    return c;
  });
}

function refusal(expected: string, got: string, where: string): LosslabError {
  const remedy = `lower ${where === 'K' ? 'K' : 'alpha'}, or leave such users out`;
  return new LosslabError('bad-option', `[models] expected ${expected}, got ${got}; ${remedy}`, { where });
}
