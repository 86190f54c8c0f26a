import { Random } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { xavierUniform } from '../initialisers.ts';
import { logSumExp } from '../ops/log-sum-exp.ts';
import { makeOptimizer } from '../optimizers/make-optimizer.ts';
import { embeddingDot } from '../pairs/embedding-scores.ts';
import { ParameterSet } from '../parameters/parameter-set.ts';
import { EmbeddingTable } from '../tables/embedding-table.ts';

const [BATCH, COLUMNS, DIMENSION, ROWS] = [256, 64, 64, 20_000];
const TIMED_STEPS = 3;

/** Milliseconds of a training step of a usual size on the active engine, the best of a few after one to warm up. */
export function probeStep(): number {
  const make = (name: string): EmbeddingTable =>
    new EmbeddingTable({ name, rows: ROWS, dimension: DIMENSION, initialise: xavierUniform(), seed: 1 });
  const [left, right] = [make('users'), make('items')] as const;
  const parameters = new ParameterSet({ tables: [left, right] });
  const optimizer = makeOptimizer('adam', {}, parameters);
  const random = new Random({ seed: 1 });
  const ids = (length: number): Int32Array => Int32Array.from({ length }, () => random.int(ROWS));
  const leftRows = ids(BATCH);
  const rightRows = { data: ids(BATCH * COLUMNS), rows: BATCH, columns: COLUMNS };
  const times = Array.from({ length: TIMED_STEPS + 1 }, () => {
    const start = performance.now();
    const loss = (): tf.Scalar => tf.mean(logSumExp(embeddingDot({ left, right, leftRows, rightRows })));
    optimizer.apply(parameters.gradient(loss).gradients);
    parameters.arrays(); // waits for a device that works behind our back
    return performance.now() - start;
  });
  optimizer.dispose();
  parameters.dispose();
  return Math.min(...times.slice(1));
}
