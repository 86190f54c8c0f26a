import * as tf from '@tensorflow/tfjs';
import { composedRows } from '../tables/composed.ts';
import { width } from '../tables/embedding-table.ts';
import { maskTensor } from './dropout.ts';
import type { PairOptions } from './pair-options.ts';

/** 1e-12²: below it a row counts as zero, as in PyTorch's F.normalize. */
const LEAST_SQUARE = 1e-24;

/** x / max(‖x‖, 1e-12) a row, with a finite gradient at zero. */
export function normaliseRows(x: tf.Tensor2D): tf.Tensor2D {
  return x.mul(x.square().sum(1, true).maximum(LEAST_SQUARE).rsqrt());
}

/** Scores [B, N] of stock ops, gradients by autodiff; [B, N, dimension] exists here. */
export function composedScores(options: PairOptions, cosine: boolean): tf.Tensor2D {
  const { left, right, leftRows, rightRows, leftDropout } = options;
  const { rows, columns, data } = rightRows;
  const D = width(left);
  let users = composedRows(left, leftRows); // [B, D]
  if (leftDropout && leftDropout.rate > 0) users = users.mul(maskTensor(rows, D, leftDropout));
  let items = composedRows(right, data); // [B × N, D]
  if (cosine) {
    users = normaliseRows(users);
    items = normaliseRows(items);
  }
  const product = tf.matMul(items.reshape([rows, columns, D]), users.reshape([rows, D, 1])); // [B, N, 1]
  return product.reshape([rows, columns]);
}
