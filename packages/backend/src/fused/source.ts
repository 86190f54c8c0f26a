import * as tf from '@tensorflow/tfjs';
import type { SimdBackend } from '../simd/index.ts';
import { EmbeddingTable, type Rows, type SharedRows } from '../tables/embedding-table.ts';
import { borrowing } from './workspace.ts';

/** What an op's attributes keep of its rows: the table, or undefined where they are a tensor, among the inputs. */
export const tableOf = (rows: Rows): EmbeddingTable | undefined => (rows instanceof EmbeddingTable ? rows : undefined);

/** The rows' values in place: a table's, or a tensor's. */
export function valuesOf(backend: SimdBackend, table: EmbeddingTable | undefined, tensor: tf.TensorInfo): Float32Array {
  return table?.shared ? table.shared.values : backend.view(tensor);
}

export const simdBackend = (): SimdBackend => tf.backend() as unknown as SimdBackend;

/** A table's gradient goes into its row buffer; the tape gets zero for the anchor. */
export const zeroForAnchor = (): tf.Scalar => tf.scalar(0);

const sharedOf = (table: EmbeddingTable): SharedRows => table.shared!;

/**
 * Hands in the gradient `source` [n, dim] of the rows `ids` [n], which may repeat: into the table's buffer, or as a dense
 * tensor of `shape`.
 */
export function scatterGradient(
  backend: SimdBackend,
  table: EmbeddingTable | undefined,
  shape: readonly number[],
  ids: Int32Array,
  source: Float32Array,
): tf.Tensor {
  const k = backend.kernels;
  const dim = shape[1]!;
  if (table === undefined) {
    const out = backend.allocate(shape);
    k.segmentSum({ source, segments: ids, out: out.view, dim });
    return asTensor(out);
  }
  borrowing(k, (space) => {
    const { gradient } = sharedOf(table);
    const rows = space.i32(ids.length);
    gradient.claim(ids, rows);
    k.addRows({ source, rows, out: gradient.values, dim });
  });
  return zeroForAnchor();
}

export const asTensor = (info: tf.TensorInfo): tf.Tensor => tf.engine().makeTensorFromTensorInfo(info);
