import * as tf from '@tensorflow/tfjs';
import type { Contender, Missing } from './contender.ts';
import type { StepSizes } from './losslab-step.ts';
import { type StockBackend, stockContender } from './stock-backend.ts';

/** BSL as its authors' code has it, on [B, N + 1] scores, positives first, in stock tfjs ops: −s⁺/τ + w · log Σ exp(s⁻/τ). */
function bslOf(scores: tf.Tensor): tf.Scalar {
  const y = scores.div(0.11);
  const positive = y.slice([0, 0], [-1, 1]);
  const negative = y.slice([0, 1], [-1, -1]);
  return tf.mean(tf.sub(tf.mul(1.1, tf.logSumExp(negative, 1)), tf.squeeze(positive, [1])));
}

/** The loss alone, value and gradient. */
export function stockLoss(backend: StockBackend, { batch, negatives }: StepSizes): Promise<Contender | Missing> {
  return stockContender(backend, () => {
    const scores = tf.keep(tf.randomNormal([batch, negatives + 1], 0, 0.3, 'float32', 1));
    return () => tf.tidy(() => tf.grad(bslOf)(scores).dataSync());
  });
}

const losses = {
  bsl: (scores: tf.Tensor): tf.Scalar => bslOf(scores),
  bpr: (scores: tf.Tensor): tf.Scalar =>
    tf.mean(tf.softplus(tf.sub(scores.slice([0, 1], [-1, 1]), scores.slice([0, 0], [-1, 1])))),
};

/** Pairs times rows of tables above which a step on tfjs's `cpu` takes minutes: its UnsortedSegmentSum goes over all of them. */
const TOO_MANY = 1e7;

/**
 * A whole step of MF by inner products in stock tfjs: tables are dense variables, rows are gathered as [B, N + 1, D], tfjs's
 * own dense Adam.
 */
export function stockStep(
  backend: StockBackend,
  loss: keyof typeof losses,
  { users, items, batch, negatives, dimension }: StepSizes,
): Promise<Contender | Missing> {
  const masked = (users + items * (negatives + 1)) * batch;
  if (backend === 'cpu' && masked > TOO_MANY) {
    const missing = `its UnsortedSegmentSum masks every pair once for every row of the table: ${masked.toExponential(1)} a step`;
    return Promise.resolve({ name: 'stock tfjs cpu', missing });
  }
  return stockContender(backend, () => {
    const table = (rows: number): tf.Variable => tf.variable(tf.randomNormal([rows, dimension], 0, 0.1));
    const [U, V] = [table(users), table(items)];
    const optimizer = tf.train.adam(1e-3);
    const ids = (shape: number[], bound: number): tf.Tensor => tf.randomUniform(shape, 0, bound, 'int32');
    return () =>
      tf.tidy(() => {
        const u = ids([batch], users);
        const i = ids([batch, negatives + 1], items);
        optimizer.minimize(
          () => losses[loss](tf.sum(tf.mul(tf.expandDims(tf.gather(U, u), 1), tf.gather(V, i)), 2)),
          false,
          [U, V],
        );
      });
  });
}
