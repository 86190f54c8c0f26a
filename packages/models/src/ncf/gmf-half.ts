import { embeddingRows } from '@losslab/backend';
import type { Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { batchScores } from '../batch-scores.ts';
import type { LocalBatch } from '../local-batch.ts';
import type { Tables } from '../tables.ts';
import type { Matrix } from './parameters.ts';

/** hᵀ(p ⊙ q) = ⟨h ⊙ p, q⟩ of a batch's pairs: h meets each distinct user once, and [B, N, D] never exists. */
export function gmfScores({ users, items }: Tables, h: Matrix, local: LocalBatch): Scores {
  const rows = {
    users: weighed(embeddingRows(users, local.users), h),
    items: embeddingRows(items, local.items),
  };
  return batchScores(rows, local.batch, { similarity: 'dot' });
}

/** Rows [n, D] times h [D, 1], element by element. */
export function weighed(rows: tf.Tensor2D, h: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(rows, tf.reshape(h, [h.shape[0]]));
}
