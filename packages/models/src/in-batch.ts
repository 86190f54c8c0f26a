import { type Dropout, embeddingRows, type Rows } from '@losslab/backend';
import type { Batch } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { dropoutMask } from './dropout-mask.ts';

/** Stream of the masks of user vectors. */
const STREAM = 0xf003;

/** Vectors of the batch's users, one a row of the batch, after dropout: [B, D]. */
export function userRows(users: Rows, batch: Batch, dropout: Dropout | undefined): tf.Tensor2D {
  const rows = embeddingRows(users, batch.users);
  return dropout ? tf.mul(rows, dropoutMask(rows.shape, dropout, STREAM)) : rows;
}

/** Rows divided by max(‖row‖, 1e-12). */
export function normaliseRows(x: tf.Tensor2D): tf.Tensor2D {
  const squares = tf.sum(tf.square(x), 1, true); // (B, 1)
  return tf.div(x, tf.sqrt(tf.maximum(squares, 1e-24)));
}

/** [B, B] → [B, B − 1], each row without its entry on the diagonal. */
export function offDiagonal(product: tf.Tensor2D): tf.Tensor2D {
  const B = product.shape[0];
  if (B < 2) return tf.zeros([B, 0]);
  // Without the first entry, a diagonal one follows after every B others.
  const shifted = tf.reshape(tf.slice(tf.reshape(product, [B * B]), 1), [B - 1, B + 1]);
  return tf.reshape(tf.slice(shifted, [0, 0], [B - 1, B]), [B, B - 1]);
}

/** Scores of each row's vector with the other rows' observed positives, one product: [B, B − 1]. */
export function inBatchScores(
  users: tf.Tensor2D, // [B, D]
  items: Rows,
  { positives: { data, rows, columns } }: Batch,
  similarity: 'dot' | 'cosine',
): tf.Tensor2D {
  const observed = Int32Array.from({ length: rows }, (_, b) => data[b * columns]!);
  const others = embeddingRows(items, observed); // (B, D)
  const [left, right] = similarity === 'cosine' ? [normaliseRows(users), normaliseRows(others)] : [users, others];
  return offDiagonal(tf.matMul(left, right, false, true));
}
