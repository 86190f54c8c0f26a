import * as z from 'zod';

const learningRate = (usual: number) => z.number().positive().default(usual).describe('η > 0');
const weightDecay = z.number().nonnegative().default(0).describe('λ ≥ 0 of coupled decay: λθ is added to the gradient');
const epsilon = (usual: number) => z.number().positive().default(usual).describe('ε > 0, outside the root');
const beta = (usual: number) => z.number().min(0).lt(1).default(usual);

export const sgdOptions = z.object({ learningRate: learningRate(1e-3), weightDecay });

export const adagradOptions = z.object({ learningRate: learningRate(1e-2), weightDecay, epsilon: epsilon(1e-10) });

export const adamOptions = z.object({
  learningRate: learningRate(1e-3),
  weightDecay,
  beta1: beta(0.9),
  beta2: beta(0.999),
  epsilon: epsilon(1e-8),
});

export type SgdOptions = z.infer<typeof sgdOptions>;
export type AdagradOptions = z.infer<typeof adagradOptions>;
export type AdamOptions = z.infer<typeof adamOptions>;
