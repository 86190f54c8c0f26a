import * as z from 'zod';

export const ialsOptions = z.strictObject({
  dimension: z.int().min(1).max(1024).default(64).describe('D, the length of a user’s or an item’s vector.'),
  iterations: z.int().min(1).default(16).describe('Passes over users and then items.'),
  alpha0: z
    .number()
    .nonnegative('must be >= 0 (eq. 23)')
    .default(0.1)
    .describe('Weight α₀ ≥ 0 of every score’s square, seen or not.'),
  lambda: z.number().positive('must be > 0 (eq. 23)').default(0.003).describe('Regularisation λ > 0.'),
  nu: z
    .number()
    .nonnegative('must be >= 0 (eq. 23)')
    .default(1)
    .describe('Exponent ν ≥ 0 of the regularisation’s frequency scaling; 0 is the same λ for all.'),
  deviation: z.number().positive().default(0.1).describe('Item vectors start normal with deviation / √D.'),
  debiased: z
    .enum(['no', 'top-k', 'proportional'])
    .default('no')
    .describe('Debiased loss, with c_u = (known + K) / known of `top-k` or 1 + α of `proportional`.'),
  K: z.number().nonnegative('must be >= 0 (eq. 5)').default(20).describe('K ≥ 0 of `top-k`.'),
  alpha: z.number().nonnegative('must be >= 0 (eq. 5)').default(0.5).describe('α ≥ 0 of `proportional`.'),
});

export type IalsOptions = z.output<typeof ialsOptions>;
