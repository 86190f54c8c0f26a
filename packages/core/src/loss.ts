import type * as tf from '@tensorflow/tfjs';
import type { Batch } from './batch.ts';
import type { DataFacts } from './interactions.ts';
import type { OptionSchema } from './options.ts';
import type { PlainScores, Scores, Similarity } from './scores.ts';

/** How many columns of a kind a loss can use: at least, at most (absent: any number), and usually. */
export interface ColumnRange {
  readonly least: number;
  readonly most?: number;
  readonly usual: number;
  /** The equation that sets the range, for messages: `eq. 12`. */
  readonly source?: string;
}

/**
 * A model that a loss brings along: made, trained, checkpointed by the trainer. `model` and `options` name an entry of
 * the model registry and its options; `optimizer` overrides the run's for this group of parameters.
 */
export interface ModelSpec {
  readonly model: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly optimizer?: { readonly name?: string; readonly learningRate?: number; readonly weightDecay?: number };
}

export interface LossNeeds {
  readonly positives: ColumnRange; // M
  readonly negatives: ColumnRange; // N
  readonly inBatch: boolean; // whether 'in-batch' negatives make sense
  readonly labelled: boolean; // whether scores.labelled must be there
  /** The similarity that the paper trains with; the run's default, not a constraint. */
  readonly similarity: Similarity;
  readonly auxiliary?: Readonly<Record<string, ModelSpec>>;
}

/**
 * The gradient that a loss means to have, where it is not the derivative of its value (surrogate gradients, stopped
 * weights): ∂/∂score in float64, same shapes as the scores.
 */
export type GradientOracle = (scores: PlainScores, batch: Batch) => PlainScores;

/** An objective: a scalar of scores. It never samples, reads options from outside, or logs. */
export interface Loss {
  readonly name: string;
  readonly needs: LossNeeds;
  readonly gradient: 'exact' | GradientOracle;
  compute(scores: Scores, batch: Batch): tf.Scalar;
  /** What the paper's figures show of this batch (weights, P*), by name. */
  inspect?(scores: Scores, batch: Batch): tf.NamedTensorMap;
}

export type LossFactory<Options> = (options: Options, data: DataFacts) => Loss;

/** A part of a run's configuration, `{ batchSize: 5000, optimizer: { name: 'sgd' } }`: what a run of that regime may not set otherwise. */
export type Regime = Readonly<Record<string, unknown>>;

/** What a loss package exports, one for each loss. */
export interface LossDefinition<Options = unknown> {
  readonly kind: 'loss';
  readonly name: string;
  readonly summary: string; // one line, for `losslab list losses`
  readonly source: string; // paper and equation
  readonly options: OptionSchema<Options>;
  /** Ways to train with it that have a name, such as that of its authors' code. */
  readonly regimes?: Readonly<Record<string, Regime>>;
  create(options: Options, data: DataFacts): Loss; // a LossFactory
}
