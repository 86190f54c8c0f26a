import { batchSquaredNorm, type Dropout, embeddingCosines, embeddingDots } from '@losslab/backend';
import { type Batch, type IdMatrix, idMatrix, type Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { inBatchScores, userRows } from './in-batch.ts';
import type { Sides } from './tables.ts';

interface ScoreOptions {
  readonly similarity: 'dot' | 'cosine';
  /** Of the user vector: one mask a row of the batch, for its positives and its negatives. */
  readonly dropout?: Dropout;
}

/** Scores of the batch's pairs by the vectors that its ids point at. */
export function batchScores({ users, items }: Sides, batch: Batch, { similarity, dropout }: ScoreOptions): Scores {
  const { labelled } = batch;
  const score = similarity === 'cosine' ? embeddingCosines : embeddingDots;
  const of = (leftRows: Int32Array, ...rightRows: IdMatrix[]): tf.Tensor2D[] =>
    score({ left: users, right: items, leftRows, rightRows, ...(dropout && { leftDropout: dropout }) });
  const pairs = labelled && {
    labelled: tf.squeeze<tf.Tensor1D>(of(labelled.users, idMatrix(labelled.items, 1))[0]!, [1]),
  };
  if (batch.negatives !== 'in-batch') {
    const [positive, negative] = of(batch.users, batch.positives, batch.negatives);
    return { positive: positive!, negative: negative!, ...pairs };
  }
  const left = userRows(users, batch, dropout); // (B, D)
  const leftRows = batch.users.map((_, b) => b);
  const [positive] = score({ left, right: items, leftRows, rightRows: [batch.positives] });
  return { positive: positive!, negative: inBatchScores(left, items, batch, similarity), ...pairs };
}

/**
 * λ/2 · Σ ‖row‖² / B over the rows of the batch, each time they occur. In-batch negatives are other rows' positives and count
 * once, as such. Labelled pairs are rows of the batch too.
 */
export function batchPenalty({ users, items }: Sides, l2: number, { labelled, ...batch }: Batch): tf.Scalar {
  const norms = [batchSquaredNorm(users, batch.users), batchSquaredNorm(items, batch.positives.data)];
  if (batch.negatives !== 'in-batch') norms.push(batchSquaredNorm(items, batch.negatives.data));
  if (labelled) norms.push(batchSquaredNorm(users, labelled.users), batchSquaredNorm(items, labelled.items));
  const rows = batch.users.length + (labelled?.users.length ?? 0);
  return tf.mul(l2 / 2 / rows, tf.addN(norms));
}
