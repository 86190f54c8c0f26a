import type * as tf from '@tensorflow/tfjs';
import type { Batch } from './batch.ts';
import type { OptionSchema } from './options.ts';
import type { Gradients, NamedArrays, Optimizer, OptimizerFactory, Parameters } from './parameters.ts';
import type { Scores } from './scores.ts';

/** A stream of batches that a procedure wants, made by the run's sampler unless it names its own. */
export interface StreamSpec {
  readonly name: string;
  /** Which part feeds it. `held-out` is the share of the labelled training pairs kept back by `holdOut`. */
  readonly source: 'positives' | 'labelled' | 'labelled-held-out' | 'unlabelled';
  /** Share of the labelled pairs, shuffled with the seed, that `labelled` leaves to `labelled-held-out`. */
  readonly holdOut?: number;
  /** N of this stream's batches, where it is not the run's. */
  readonly negatives?: number;
  readonly sampler?: { readonly name: string; readonly options?: Readonly<Record<string, unknown>> };
}

/** Batches of one stream in this epoch, refined and ready. */
export interface BatchStream {
  readonly steps: number;
  /** Valid until the next call: its arrays may be written again. */
  batch(step: number): Batch;
}

/**
 * Another arrangement of a batch's pairs, which the loss sees in the place of the batch: pairs that come in it several times are
 * scored once.
 */
export interface ScoreView {
  /** The arrangement as a batch. */
  readonly batch: Batch;
  /** Its scores, of those of the batch; of each auxiliary model likewise. */
  readonly scores: (scores: Scores) => Scores;
}

/** What a procedure may use in one epoch. */
export interface StepContext {
  readonly epoch: number; // from 1
  /** Where to begin: 0, or the steps of this epoch that were done before the run was interrupted. */
  readonly firstStep: number;
  readonly seed: number;
  readonly parameters: Parameters;
  readonly optimizer: Optimizer;
  /** Fresh optimizers over the same parameters; the outer one's clocks never see them. */
  readonly freshOptimizer: (name: string, learningRate: number) => Optimizer;
  readonly streams: Readonly<Record<string, BatchStream>>;
  /** scores → loss → plus penalty, as a function for `parameters.gradient`; with a view scores → view → loss. */
  objective(batch: Batch, view?: ScoreView): () => tf.Scalar;
  /** The objective's value without tape or dropout, summed in float64. */
  evaluate(batch: Batch): number;
  /** Clips (where the run says so) and applies. */
  update(gradients: Gradients): void;
  readonly signal: AbortSignal;
}

/** One finished step. `counts` are the procedure's own, e.g. `{ direct: 1 }`. */
export interface StepEvent {
  readonly step: number; // from 0, in this epoch; the first event has `firstStep`
  readonly steps: number; // in this epoch
  readonly loss: number;
  readonly counts?: Readonly<Record<string, number>>;
}

/** A training procedure: how batches become updates. The usual one is one gradient and one update a batch. */
export interface Step {
  readonly name: string;
  readonly streams: readonly StreamSpec[];
  /** What the user should know before the first step, a sentence each. */
  readonly warnings?: readonly string[];
  epoch(context: StepContext): AsyncIterable<StepEvent>;
  state?(): NamedArrays;
  load?(state: NamedArrays): void;
}

/** What a procedure may know of its run before the first step. */
export interface StepFacts {
  /** The optimizer's learning rate, before any schedule. */
  readonly learningRate: number;
}

/** What a package exports for each procedure: `step` in a run's configuration names it. */
export interface StepDefinition<Options = unknown> {
  readonly kind: 'step';
  readonly name: string;
  readonly summary: string; // one line, for `losslab list steps`
  readonly source: string; // paper and algorithm
  readonly options: OptionSchema<Options>;
  create(options: Options, facts: StepFacts): Step;
}

export type { OptimizerFactory };
