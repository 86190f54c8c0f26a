import type * as tf from '@tensorflow/tfjs';

/** What a loss sees of a model: scores s(u, i) of the batch's pairs. */
export interface Scores {
  readonly positive: tf.Tensor2D; // [B, M]
  readonly negative: tf.Tensor2D; // [B, N], or [B, B − 1] in-batch
  readonly labelled?: tf.Tensor1D; // [L]
  /** Scores of the loss's auxiliary models on the same pairs, by the names in `LossNeeds.auxiliary`. */
  readonly auxiliary?: Readonly<Record<string, Scores>>;
}

/** Scores as float64 numbers, for oracles and for code without tfjs. Shapes as in Scores, row by row. */
export interface PlainScores {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
  readonly labelled?: Float64Array;
  readonly auxiliary?: Readonly<Record<string, PlainScores>>;
}

export type Similarity = 'dot' | 'cosine';
