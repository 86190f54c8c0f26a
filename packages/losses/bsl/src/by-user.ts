import { logMeanExp, logSumExp } from '@losslab/backend/ops';
import * as tf from '@tensorflow/tfjs';

/** Below any logit: its exponential is 0 beside the others of its group. */
const NOTHING = -1e30;

/** The rows of each user in a batch, as a table padded with row 0. */
export interface UserRows {
  readonly rows: Int32Array; // [users, longest]
  /** [users, longest]: 0, or NOTHING where the table is padded. */
  readonly padding: Float32Array;
  readonly counts: Int32Array; // [users]
  readonly longest: number;
}

/** @param users [B], in any order */
export function rowsByUser(users: Int32Array): UserRows {
  const groups = new Map<number, number[]>();
  users.forEach((user, row) => {
    const group = groups.get(user);
    if (group) group.push(row);
    else groups.set(user, [row]);
  });
  const lists = [...groups.values()];
  const longest = Math.max(...lists.map((list) => list.length));
  const rows = new Int32Array(lists.length * longest);
  const padding = new Float32Array(lists.length * longest).fill(NOTHING);
  lists.forEach((list, g) => {
    rows.set(list, g * longest);
    padding.fill(0, g * longest, g * longest + list.length);
  });
  return { rows, padding, counts: Int32Array.from(lists, (list) => list.length), longest };
}

/**
 * log E[exp(s/τ)] over all entries of each user's rows; of these the mean over rows, so that a user counts once a row.
 * @param scores [B, M], float32
 * @param tau τ > 0, in the scores' unit
 * @param users [B]
 */
export function logMeanExpByUser(scores: tf.Tensor2D, tau: number, users: Int32Array): tf.Scalar {
  const { rows, padding, counts, longest } = rowsByUser(users);
  const shape: [number, number] = [counts.length, longest];
  const ofRows = logMeanExp(scores, tau); // (B)
  const byUser = tf.add<tf.Tensor2D>(tf.gather(ofRows, tf.tensor2d(rows, shape, 'int32')), tf.tensor2d(padding, shape));
  const ofUsers = tf.sub(logSumExp(byUser), tf.log(tf.tensor1d(counts, 'float32'))); // (users)
  return tf.div(tf.sum(tf.mul(ofUsers, tf.tensor1d(counts, 'float32'))), users.length);
}
