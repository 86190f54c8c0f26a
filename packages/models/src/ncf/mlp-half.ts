import { type Dropout, embeddingRows } from '@losslab/backend';
import type { Batch, ScoreContext, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { dropoutMask } from '../dropout-mask.ts';
import type { LocalBatch } from '../local-batch.ts';
import { type Pairs, pairsOf, scoresOf } from './pairs.ts';
import type { Matrix, Mlp, Vector } from './parameters.ts';

/** The multi-layer half with its output layer. */
export interface MlpNetwork {
  readonly mlp: Mlp;
  readonly h: Matrix; // [last width, 1]
  readonly bias: Vector; // [1]
}

/** Streams of the masks: of users' and of items' inputs, then one a further layer. */
const STREAM = 0xf200;

export function dropoutAt(rate: number, { epoch, step }: Batch, context: ScoreContext): Dropout | undefined {
  return context.training && rate > 0 ? { rate, seed: context.seed, epoch, step } : undefined;
}

/** hᵀ z_L + b of a batch's pairs (eq. 10). */
export function mlpScores({ mlp, h, bias }: MlpNetwork, local: LocalBatch, dropout: Dropout | undefined): Scores {
  const pairs = pairsOf(local.batch);
  const dropped = (x: tf.Tensor2D, stream: number): tf.Tensor2D =>
    dropout ? tf.mul(x, dropoutMask(x.shape, dropout, STREAM + stream)) : x;
  const first = dropout ? firstOfPairs(mlp, local, pairs, dropped) : firstOfRows(mlp, local, pairs);
  const hidden = mlp.further.reduce(
    (z, layer, k) => dense(dropped(z, k + 2), layer.weights, layer.bias),
    tf.relu(first),
  );
  const values = tf.add(tf.matMul(hidden, h), bias); // (P, 1)
  return scoresOf(tf.reshape(values, [pairs.users.length]), local.batch);
}

/** ReLU(Wᵀx + b) of rows x. */
export function dense(x: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return tf.fused.matMul({ a: x, b: weights, bias, activation: 'relu' }) as tf.Tensor2D;
}

/** W₁ᵀ[p; q] + b₁ before ReLU, each distinct row multiplied once: [P, width]. */
function firstOfRows({ users, items, first }: Mlp, local: LocalBatch, pairs: Pairs): tf.Tensor2D {
  const ofUsers: tf.Tensor2D = tf.add(tf.matMul(embeddingRows(users, local.users), first.users), first.bias);
  const ofItems: tf.Tensor2D = tf.matMul(embeddingRows(items, local.items), first.items);
  return tf.add(embeddingRows(ofUsers, pairs.users), embeddingRows(ofItems, pairs.items));
}

/** The same with inputs dropped anew for each pair, so that no row is shared. */
function firstOfPairs(
  { users, items, first }: Mlp,
  local: LocalBatch,
  pairs: Pairs,
  dropped: (x: tf.Tensor2D, stream: number) => tf.Tensor2D,
): tf.Tensor2D {
  const idsOf = (rows: Int32Array, positions: Int32Array): Int32Array => positions.map((at) => rows[at]!);
  const p = dropped(embeddingRows(users, idsOf(local.users, pairs.users)), 0);
  const q = dropped(embeddingRows(items, idsOf(local.items, pairs.items)), 1);
  return tf.add(tf.add(tf.matMul(p, first.users), tf.matMul(q, first.items)), first.bias);
}
