import * as z from 'zod';

const deviation = z
  .number()
  .positive('must be > 0')
  .default(0.01)
  .describe('Standard deviation > 0 of the normal that vectors start from.');

/** Of the element-wise half. */
export const gmfFields = {
  dimension: z
    .int()
    .min(1, 'must be >= 1')
    .default(32)
    .describe('D, the length of a user’s or an item’s vector of the element-wise half.'),
  deviation,
};

/** Of the multi-layer half. */
export const mlpFields = {
  layers: z
    .array(z.int().min(1, 'must be >= 1'))
    .min(1, 'must have at least 1 entry')
    .default([128, 64, 32])
    .describe('Widths of the layers, from the first on (NCF’s tower halves them).'),
  mlpDimension: z
    .int()
    .min(1, 'must be >= 1')
    .optional()
    .describe('E, the length of a user’s or an item’s vector of the multi-layer half; unset: the first layer’s width.'),
  dropout: z
    .number()
    .min(0, 'must be in [0, 1)')
    .lt(1, 'must be in [0, 1)')
    .default(0)
    .describe('Share in [0, 1) of each layer’s inputs dropped in training, anew for each pair.'),
  deviation,
};
const mlpSchema = z.strictObject(mlpFields);
export type MlpChoice = z.output<typeof mlpSchema>;

/** Trained parts to start from. */
export const pretrained = z
  .strictObject({
    gmf: z.string().min(1, 'must not be empty').describe('Folder of a run of `gmf`, of the same `dimension`.'),
    mlp: z.string().min(1, 'must not be empty').describe('Folder of a run of `mlp`, of the same layers.'),
    alpha: z
      .number()
      .gt(0, 'must be in (0, 1) (§3.4.1)')
      .lt(1, 'must be in (0, 1) (§3.4.1)')
      .default(0.5)
      .describe('α in (0, 1), the weight of `gmf` in h.'),
  })
  .optional()
  .describe(
    'Runs of the two halves to start from: folders `gmf` and `mlp`, and `alpha`, the weight α of `gmf` in h (0.5).',
  );
