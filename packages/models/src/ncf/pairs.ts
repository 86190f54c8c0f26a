import { type Batch, negativeIds, type Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';

/** All pairs of a batch in one list: positives, negatives, labelled. */
export interface Pairs {
  readonly users: Int32Array; // [P]
  readonly items: Int32Array; // [P]
}

export function pairsOf(batch: Batch): Pairs {
  const { positives, labelled } = batch;
  const negatives = negativeIds(batch);
  const [known, drawn] = [positives.data.length, negatives.data.length];
  const count = known + drawn + (labelled?.items.length ?? 0);
  const users = new Int32Array(count);
  const items = new Int32Array(count);
  batch.users.forEach((user, b) => {
    users.fill(user, b * positives.columns, (b + 1) * positives.columns);
    users.fill(user, known + b * negatives.columns, known + (b + 1) * negatives.columns);
  });
  items.set(positives.data);
  items.set(negatives.data, known);
  if (labelled) {
    users.set(labelled.users, known + drawn);
    items.set(labelled.items, known + drawn);
  }
  return { users, items };
}

/** Scores [P] of `pairsOf`, as the batch has its pairs. */
export function scoresOf(values: tf.Tensor1D, batch: Batch): Scores {
  const { positives, labelled } = batch;
  const rows = batch.users.length;
  const negatives = batch.negatives === 'in-batch' ? Math.max(0, rows - 1) : batch.negatives.columns;
  const part = (from: number, length: number): tf.Tensor1D =>
    length === 0 ? tf.zeros<tf.Rank.R1>([0]) : tf.slice1d(values, from, length);
  const [known, drawn] = [positives.data.length, rows * negatives];
  return {
    positive: tf.reshape(part(0, known), [rows, positives.columns]),
    negative: tf.reshape(part(known, drawn), [rows, negatives]),
    ...(labelled && { labelled: part(known + drawn, labelled.items.length) }),
  };
}

/** Scores added pair by pair. */
export function addScores(a: Scores, b: Scores): Scores {
  return {
    positive: tf.add(a.positive, b.positive),
    negative: tf.add(a.negative, b.negative),
    ...(a.labelled && b.labelled && { labelled: tf.add<tf.Tensor1D>(a.labelled, b.labelled) }),
  };
}

/** Scores plus one number for all pairs. */
export function biased(scores: Scores, bias: tf.Tensor1D): Scores {
  return {
    positive: tf.add(scores.positive, bias),
    negative: tf.add(scores.negative, bias),
    ...(scores.labelled && { labelled: tf.add<tf.Tensor1D>(scores.labelled, bias) }),
  };
}
