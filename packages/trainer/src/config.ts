import { engineNames } from '@losslab/backend';
import { type LosslabError, parseOptions, unknownName } from '@losslab/core';
import * as z from 'zod';
import { scheduleSchema } from './schedule.ts';

/** A name from a registry with its options beside it: `{ name: 'bsl', tau1: 0.1 }`. */
export interface Named {
  readonly name: string;
  readonly [option: string]: unknown;
}

const named = z.preprocess(
  (value: string | Named) => (typeof value === 'string' ? { name: value } : value),
  z.looseObject({ name: z.string().min(1) }),
);

/** A part with a usual name: options alone are its. */
const namedOr = (usual: string) =>
  z.preprocess((value: string | Partial<Named>) => {
    return typeof value === 'object' && value !== null && !('name' in value) ? { name: usual, ...value } : value;
  }, named);

const count = z.int().min(1);
const metricAt = /^[a-z][\w-]*(@[1-9]\d*)?$/;

/** The configuration of one run. Each default and its description is here, and nowhere else. */
export const runSchema = z.strictObject({
  data: named.optional().describe('registry name or path, with the options of `openDataset`; recorded, not opened'),
  model: namedOr('mf').prefault('mf').describe('model and its options'),
  loss: named.optional().describe('loss and its options; none for fitted models'),
  regime: z
    .string()
    .min(1)
    .optional()
    .describe('named regime of the loss, `reference`: sets what belongs to it and refuses other values'),
  sampler: namedOr('uniform')
    .optional()
    .describe('sampler and its options; absent: `labelled` where the loss wants labels, else `uniform`'),
  step: named
    .optional()
    .describe(
      'procedure that makes batches into updates, with its options; absent: one gradient and one update a batch',
    ),
  optimizer: namedOr('adam').prefault('adam').describe('optimizer and its options: `learningRate`, `weightDecay` ...'),
  epochs: count.default(100).describe('most epochs'),
  batchSize: count.default(1024).describe('B, rows in a step'),
  positives: z
    .int()
    .min(0)
    .optional()
    .describe('M, positives of the user in a row, the observed one included; absent: as the loss usually takes'),
  negatives: z
    .union([z.int().min(0), z.literal('in-batch')])
    .optional()
    .describe('N, negatives in a row, or `in-batch`; absent: as the loss usually takes'),
  protocol: z
    .enum(['clean', 'paper'])
    .default('clean')
    .describe('which part chooses the epoch: `clean` validation, `paper` test'),
  evaluateEvery: z
    .int()
    .min(0)
    .default(1)
    .describe('epochs between evaluations; 0: never while training, and the last epoch is the result'),
  metrics: z
    .array(named)
    .min(1)
    .prefault(['recall', 'precision', 'ndcg', 'hr', 'mrr', 'map'])
    .describe('metrics, with their options'),
  mask: z
    .enum(['seen', 'train'])
    .optional()
    .describe(
      'at test, items left out of rankings: `train` those of training, `seen`, as without it, of validation too',
    ),
  at: z.array(count).min(1).default([5, 10, 20]).describe('cut-offs k'),
  stopOn: z
    .string()
    .regex(metricAt, 'must be a metric, and its cut-off where it has one, such as recall@20')
    .default('recall@20')
    .describe('metric that chooses the epoch; more is better'),
  patience: count
    .nullable()
    .default(20)
    .describe('epochs without a better `stopOn` after which training stops; null: never'),
  metricBest: z.boolean().default(false).describe('under `paper`: report each metric at its own best epoch'),
  schedule: scheduleSchema
    .prefault({ name: 'constant' })
    .describe('learning rate over epochs: `constant`, `plateau`, `steps`, `exponential`'),
  clipNorm: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe('greatest global norm of a gradient; null: no clipping'),
  seed: z.int().min(0).default(1).describe('seed of initial values, batches and dropout'),
  threads: count.optional().describe('threads of the engine; absent: as it thinks right'),
  engine: z.enum(engineNames).optional().describe('engine to select first; absent: the active tfjs backend'),
  checkpointEvery: count.default(1).describe('epochs between checkpoints'),
});

/** A configuration as people write it: everything with a default may be left out, names may be bare strings. */
export type RunConfigInput = z.input<typeof runSchema>;

/** A configuration with the run's own defaults filled in; those of its parts are filled in by `resolveConfig`. */
export type RunConfig = z.output<typeof runSchema>;

/**
 * Checks a configuration and fills in the run's defaults.
 * @throws LosslabError `unknown-name` for a key that is none (naming the nearest), `bad-option` for a value.
 */
export function parseConfig(input: unknown): RunConfig {
  return parseOptions(runSchema, input, 'run');
}

/** The error for a key that the run does not know. */
export function unknownKey(key: string): LosslabError {
  return unknownName('option of run', key, Object.keys(runSchema.shape), 'run');
}
