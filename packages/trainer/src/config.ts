import { engineNames } from '@losslab/backend';
import { type LosslabError, parseOptions, unknownName } from '@losslab/core';
import { z } from 'zod';
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

const count = z.int().min(1);
const cutOff = /^[a-z][\w-]*@[1-9]\d*$/;

/** The configuration of one run. Each default is here, and nowhere else. */
export const runSchema = z.strictObject({
  /** Registry name or path, with the options of `openDataset`. The trainer records it and opens nothing. */
  data: named.optional(),
  model: named.prefault('mf'),
  /** Absent for fitted models only. */
  loss: named.optional(),
  /** Absent: `labelled` where the loss wants labels, else `uniform`. */
  sampler: named.optional(),
  /** Options are the optimizer's own: `learningRate`, `weightDecay` and so on. */
  optimizer: named.prefault('adam'),
  epochs: count.default(100),
  /** B: positives in a step. */
  batchSize: count.default(1024),
  /** M: positives of the user in a row, the observed one included. Absent: what the loss usually takes. */
  positives: z.int().min(0).optional(),
  /** N: negatives in a row. Absent: what the loss usually takes. */
  negatives: z.union([z.int().min(0), z.literal('in-batch')]).optional(),
  /** `clean`: the validation part chooses the epoch. `paper`: the test part does. */
  protocol: z.enum(['clean', 'paper']).default('clean'),
  /** Epochs between evaluations. 0: never while training, and the last epoch's weights are the result. */
  evaluateEvery: z.int().min(0).default(1),
  /** Metrics with their options, by name. */
  metrics: z.array(named).min(1).prefault(['recall', 'precision', 'ndcg', 'hr', 'mrr', 'map']),
  /** Cut-offs k. */
  at: z.array(count).min(1).default([5, 10, 20]),
  /** The metric that chooses the epoch. */
  stopOn: z.string().regex(cutOff, 'expected a metric and its cut-off, such as recall@20').default('recall@20'),
  /** Epochs without a better `stopOn` after which training stops. null: never. */
  patience: count.nullable().default(20),
  /** Under `paper`: report each metric at its own best epoch. */
  metricBest: z.boolean().default(false),
  schedule: scheduleSchema.prefault({ name: 'constant' }),
  /** Greatest global norm of a step's gradients. null: no clipping. */
  clipNorm: z.number().positive().nullable().default(null),
  seed: z.int().min(0).default(1),
  /** Worker threads of the engine. Absent: what the engine thinks right. */
  threads: count.optional(),
  /** Absent: the tfjs backend that is active. */
  engine: z.enum(engineNames).optional(),
  /** Epochs between checkpoints, where the run has a folder. */
  checkpointEvery: count.default(1),
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
