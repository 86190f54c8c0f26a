/**
 * Debiased MSE: eq. 22 with the single losses of eq. 17. Jin & Li, 2023:
 *
 *     L = E [ τ_u⁺ (1 − ŷ_ui)² + λ ( 1/N Σ_j ŷ_uj² − τ_u⁺ · 1/M Σ_k ŷ_uk² ) ]
 *
 * Plain MSE, the paper's `biased` row, is `mse` of @losslab/loss-classic with c = λ. iALS minimises this loss over all pairs
 * in closed form, half-step by half-step: the model `ials` with `debiased`.
 */
import type { LossDefinition } from '@losslab/core';
import * as z from 'zod';
import { debiasedPointwise, debiasedPointwiseOptions } from './debiased-pointwise.ts';
import { squaredErrors } from './single-pointwise.ts';

const options = z.strictObject(debiasedPointwiseOptions);

export const debiasedMse: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'debiased-mse',
  summary: 'Debiased mean squared error: unlabelled items towards 0, less the positives’ expected share.',
  source: 'Jin & Li, 2023, eq. 17, 21, 22',
  options,
  create: (chosen, facts) => debiasedPointwise('debiased-mse', 'dot', squaredErrors, chosen, facts),
};
