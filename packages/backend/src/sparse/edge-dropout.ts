import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { expected } from '../errors.ts';
import type { Dropout } from '../pairs/pair-options.ts';
import type { EntryValues, SparseMatrix } from './sparse-matrix.ts';

/** Stream of the counter that these masks are drawn from; those of scores are 0xf002 and 0xf003. */
const STREAM = 0xf004;
/** Entries that share a run of the generator. */
const COLUMNS = 64;

/** [entries] in the kernels' memory, longer by up to a run. */
function entryMask(entries: number, { rate, seed, epoch, step }: Dropout): Float32Array {
  const { memory, dropoutMask } = kernels();
  const out = memory.f32(Math.ceil(entries / COLUMNS) * COLUMNS);
  dropoutMask({ at: { seed, epoch, step, stream: STREAM }, columns: COLUMNS, rate, out });
  return out;
}

/**
 * The values of `matrix` with each entry dropped with probability `rate`, what stays times 1 / (1 − rate): a pure function of
 * (seed, epoch, step, entry). An entry is there or gone by rows and by columns alike.
 * @throws LosslabError `bad-option` where the rate is not in [0, 1)
 */
export function edgeDropout(matrix: SparseMatrix, dropout: Dropout): EntryValues {
  if (!(dropout.rate >= 0 && dropout.rate < 1)) {
    throw expected('a dropout rate in [0, 1)', String(dropout.rate), 'keep some entries', { where: 'dropout' });
  }
  const { memory, gatherRows } = kernels();
  const { order, values } = matrix;
  const mask = entryMask(order.length, dropout);
  const byColumns = memory.f32(order.length);
  gatherRows({ table: mask, dim: 1, ids: order, out: byColumns });
  const times = (factors: Float32Array, of: tf.Tensor1D): tf.Tensor1D =>
    tf.mul(of, tf.tensor1d(Float32Array.from(factors)));
  const dropped = tf.tidy(() => ({
    byRows: times(mask.subarray(0, order.length), values.byRows),
    byColumns: times(byColumns, values.byColumns),
  }));
  memory.free(mask);
  memory.free(byColumns);
  return dropped;
}
