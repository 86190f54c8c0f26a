import * as z from 'zod';

export const easeOptions = z.strictObject({
  lambda: z
    .number()
    .positive('must be > 0 (eq. 24)')
    .default(500)
    .describe('Regularisation λ > 0, in interactions; hundreds on data of a million.'),
  alpha: z
    .number()
    .min(0, 'must be in [0, 1) (eq. 27)')
    .lt(1, 'must be in [0, 1) (eq. 27)')
    .default(0)
    .describe('α in [0, 1) of debiased EASE: 1 − 1/c for a constant c_u = c. 0 is EASE.'),
});

export type EaseOptions = z.output<typeof easeOptions>;
