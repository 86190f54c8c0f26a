import * as tf from '@tensorflow/tfjs';
import { checkIds } from './check-ids.ts';
import { composedRows, composedSquaredNorm } from './composed.ts';
import { EmbeddingTable, type Rows, rowCount } from './embedding-table.ts';

/** Rows by id, on the tape: ids [n] → [n, dimension]; an id may occur more than once. */
export function embeddingRows(rows: Rows, ids: Int32Array): tf.Tensor2D {
  read(rows, ids);
  return composedRows(rows, ids);
}

/** All rows, on the tape: [rows, dimension]. */
export function tableDense(table: EmbeddingTable): tf.Tensor2D {
  table.prepareRead();
  return tf.clone(table.anchor) as unknown as tf.Tensor2D;
}

/** Σ ‖rows[id]‖² over every occurrence in ids: the usual L2 term, before λ and the division by B. */
export function batchSquaredNorm(rows: Rows, ids: Int32Array): tf.Scalar {
  read(rows, ids);
  return composedSquaredNorm(rows, ids);
}

function read(rows: Rows, ids: Int32Array): void {
  checkIds(ids, rowCount(rows), 'ids');
  if (rows instanceof EmbeddingTable) rows.prepareRead(ids);
}
