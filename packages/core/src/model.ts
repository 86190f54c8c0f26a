import type * as tf from '@tensorflow/tfjs';
import type { Batch, IdMatrix } from './batch.ts';
import type { DataFacts, Interactions, LabelledPairs } from './interactions.ts';
import type { OptionSchema } from './options.ts';
import type { NamedArrays, Parameters } from './parameters.ts';
import type { Scores } from './scores.ts';

export interface ScoreContext {
  /** Whether dropout is on. */
  readonly training: boolean;
  /** Run seed; masks are a pure function of (seed, batch.epoch, batch.step). */
  readonly seed: number;
}

/** A model trained by steps. */
export interface StepModel {
  readonly kind: 'step';
  readonly name: string;
  readonly parameters: Parameters;
  /** Scores of the batch's pairs, on the tape. Auxiliary scores are not its business. */
  score(batch: Batch, context: ScoreContext): Scores;
  /** The model's own regularisation, e.g. L2 on the batch's rows; added to the loss. */
  penalty?(batch: Batch): tf.Scalar;
  /** The model frozen as it is now, for ranking. */
  ranker(): Ranker;
}

/** A model computed from data in one go. It takes no loss. */
export interface FittedModel {
  readonly kind: 'fitted';
  readonly name: string;
  fit(data: Interactions, signal?: AbortSignal): Promise<void>;
  ranker(): Ranker;
  arrays(): NamedArrays;
  load(arrays: NamedArrays): void;
}

export type Model = StepModel | FittedModel;

/** Scores for full ranking. Higher is better; the scale is the model's own. */
export type Ranker = FactorRanker | ScoreRanker;

/** score(u, i) = ⟨users[u], items[i]⟩. Cosine models hand out rows already normalised. */
export interface FactorRanker {
  readonly kind: 'factors';
  readonly userCount: number;
  readonly itemCount: number;
  readonly dimension: number;
  readonly users: Float32Array; // [userCount, dimension]
  readonly items: Float32Array; // [itemCount, dimension]
  dispose(): void;
}

export interface ScoreRanker {
  readonly kind: 'scores';
  readonly userCount: number;
  readonly itemCount: number;
  /** Fills `out` [users.length, itemCount]. */
  score(users: Int32Array, out: Float32Array): void;
  /** Scores of pairs, [n] of users [n] and items [n]. Absent: pairs are taken from whole rows. */
  pairs?(users: Int32Array, items: Int32Array): Float32Array;
  dispose(): void;
}

/** Current scores of pairs, off the tape: users [B], items [B, n] → [B × n]. For `refine` (DNS, SRNS). */
export type ScoreFn = (users: Int32Array, items: IdMatrix) => Float32Array;

export type ModelFactory<Options> = (options: Options, context: ModelContext) => Model;

export interface ModelContext {
  readonly facts: DataFacts;
  readonly train: Interactions;
  readonly labelled?: LabelledPairs;
  readonly seed: number;
  /** Prefix of parameter names; distinguishes auxiliary models. */
  readonly scope?: string;
  /** Best weights of the run in a folder, for models that start from trained parts. */
  readonly weightsOf?: (folder: string) => NamedArrays;
}

export interface ModelDefinition<Options = unknown> {
  readonly kind: 'model';
  readonly name: string;
  readonly fitted: boolean;
  readonly summary: string;
  readonly source: string;
  readonly options: OptionSchema<Options>;
  create(options: Options, context: ModelContext): Model; // a ModelFactory
}
