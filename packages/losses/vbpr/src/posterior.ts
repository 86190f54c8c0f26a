/**
 * The variational posteriors of VBPR v2 over a row's positives and negatives:
 *
 *     α = softmax(  s/c_pos + ln π⁺ ),   π⁺ = rarity^a · quality^b · softmax(−(s − s̄)/0.5)^c
 *     β = softmax( −s/c_neg + ln π⁻ ),   π⁻ = popularity^a · badness^b · softmax(+(s − s̄)/0.5)^c
 *
 * with s̄ the row's mean score. In ln π the mean and the softmax's denominator are the same for every column of a row, so the
 * outer softmax cancels them: both sides are softmax(slope · s + ln prior of the item).
 */
import { softmax, stopGradient } from '@losslab/backend/ops';
import { type Batch, type DataFacts, type IdMatrix, negativeIds, type PlainScores, type Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { negativeLogPrior, positiveLogPrior } from './priors.ts';
import type { V2Options } from './v2-options.ts';

/** Temperature of the scores in the hardness of a prior. */
const HARDNESS_SCALE = 0.5;

interface Side {
  readonly slope: number;
  readonly logPrior: Float64Array; // [items]
}

/** α [B, M] and β [B, N]; rows sum to 1. */
export interface Attention<Matrix> {
  readonly alpha: Matrix;
  readonly beta: Matrix;
}

/** α and β of a batch, as constants: no gradient flows through them. */
export interface Posterior {
  attention(scores: Scores, batch: Batch): Attention<tf.Tensor2D>;
  /** The same in float64, row by row. */
  plain(scores: PlainScores, batch: Batch): Attention<Float64Array>;
}

export function posteriorOf(options: V2Options, facts: DataFacts): Posterior {
  const positive: Side = {
    slope: 1 / options.cPos - options.positiveHardness / HARDNESS_SCALE,
    logPrior: positiveLogPrior(facts, { a: options.rarity, b: options.quality }),
  };
  const negative: Side = {
    slope: options.negativeHardness / HARDNESS_SCALE - 1 / options.cNeg,
    logPrior: negativeLogPrior(facts, { a: options.popularity, b: options.badness }),
  };
  return {
    attention: (scores, batch) => ({
      alpha: weights(scores.positive, batch.positives, positive),
      beta: weights(scores.negative, negativeIds(batch), negative),
    }),
    plain: (scores, batch) => ({
      alpha: plainWeights(scores.positive, batch.positives, positive),
      beta: plainWeights(scores.negative, negativeIds(batch), negative),
    }),
  };
}

function weights(scores: tf.Tensor2D, { data, rows, columns }: IdMatrix, { slope, logPrior }: Side): tf.Tensor2D {
  const prior = tf.tensor2d(
    Float32Array.from(data, (item) => logPrior[item]!),
    [rows, columns],
  );
  return softmax(tf.add<tf.Tensor2D>(tf.mul(stopGradient(scores), slope), prior));
}

function plainWeights(scores: Float64Array, { data, columns }: IdMatrix, { slope, logPrior }: Side): Float64Array {
  const logits = scores.map((s, k) => slope * s + logPrior[data[k]!]!);
  return logits.map((logit, k) => {
    const row = logits.subarray(k - (k % columns), k - (k % columns) + columns);
    return 1 / row.reduce((sum, other) => sum + Math.exp(other - logit), 0);
  });
}
