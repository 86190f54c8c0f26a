import * as z from 'zod';

const factor = z.number().positive('must be > 0 (the softmax of v2)').default(4);
const exponent = z.number().nonnegative('must be >= 0 (the priors of v2)');

/** Options of both forms of v2. Defaults: what its authors ran on MovieLens. */
export const v2Options = z.strictObject({
  cPos: factor.describe('Scaling factor c_pos > 0 of the positives. Code: 4 on MovieLens, 8 on Gowalla and Yelp2018.'),
  cNeg: factor.describe(
    'Scaling factor c_neg > 0 of the negatives: a small one spares high-scoring ones. Code: as c_pos.',
  ),
  rarity: exponent.default(0).describe('a ≥ 0 of rarity in π⁺: favours rare positives.'),
  quality: exponent
    .default(1)
    .describe('b ≥ 0 of quality in π⁺: favours well-rated positives. Nothing without ratings.'),
  positiveHardness: exponent.default(0).describe('c ≥ 0 of hardness in π⁺: favours low-scoring positives.'),
  popularity: exponent.default(0).describe('a ≥ 0 of popularity in π⁻: favours popular negatives.'),
  badness: exponent
    .default(0.5)
    .describe('b ≥ 0 of badness in π⁻: favours ill-rated negatives. Nothing without ratings.'),
  negativeHardness: exponent.default(0.5).describe('c ≥ 0 of hardness in π⁻: favours high-scoring negatives.'),
});
export type V2Options = z.output<typeof v2Options>;
