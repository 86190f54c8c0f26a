/**
 * Debiased CCL: eq. 22 with the single losses of eq. 19. Jin & Li, 2023:
 *
 *     L = E [ τ_u⁺ (1 − ŷ_ui) + λ ( 1/N Σ_j ReLU(ŷ_uj − ε) − τ_u⁺ · 1/M Σ_k ReLU(ŷ_uk − ε) ) ]
 */
import type { LossDefinition } from '@losslab/core';
import * as z from 'zod';
import { debiasedPointwise, debiasedPointwiseOptions } from './debiased-pointwise.ts';
import { cosineContrasts, marginOption } from './single-pointwise.ts';

const options = z.strictObject({ ...debiasedPointwiseOptions, margin: marginOption('eq. 19') });

export const debiasedCcl: LossDefinition<z.output<typeof options>> = {
  kind: 'loss',
  name: 'debiased-ccl',
  summary: 'Debiased cosine contrastive loss: unlabelled items below a margin, less the positives’ expected share.',
  source: 'Jin & Li, 2023, eq. 19, 21, 22',
  options,
  create: (chosen, facts) => debiasedPointwise('debiased-ccl', 'cosine', cosineContrasts(chosen.margin), chosen, facts),
};
