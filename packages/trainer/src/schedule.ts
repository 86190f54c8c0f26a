import { z } from 'zod';

const factor = z.number().gt(0).lt(1);

const forms = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('constant') }),
  /** Multiplies by `factor` after `patience` epochs without a better `stopOn`, not below `minimum` times the first rate. */
  z.strictObject({
    name: z.literal('plateau'),
    factor: factor.default(0.5),
    patience: z.int().min(1).default(5),
    minimum: z.number().gt(0).max(1).default(0.01),
  }),
  /** Multiplies by `factor` when each of the listed epochs ends. */
  z.strictObject({ name: z.literal('steps'), epochs: z.array(z.int().min(1)).min(1), factor: factor.default(0.1) }),
  /** Multiplies by `decay` after every epoch. */
  z.strictObject({ name: z.literal('exponential'), decay: z.number().gt(0).max(1).default(0.99) }),
]);

/** How the learning rate moves over epochs. It multiplies every group's own rate. A bare string is the name alone. */
export const scheduleSchema = z.preprocess(
  (value: string | z.input<typeof forms>) => (typeof value === 'string' ? { name: value } : value),
  forms,
);

export type Schedule = z.output<typeof forms>;
