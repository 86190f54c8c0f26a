import * as tf from '@tensorflow/tfjs';
import { fusedRows } from '../fused/rows.ts';
import { fusedSquaredNorm } from '../fused/squared-norm.ts';
import { ready } from '../ops/register.ts';
import { SIMD } from '../simd/index.ts';
import { checkIds } from './check-ids.ts';
import { composedRows, composedSquaredNorm } from './composed.ts';
import { EmbeddingTable, type Rows, rowCount } from './embedding-table.ts';

/** Rows by id, on the tape: ids [n] → [n, dimension]; an id may occur more than once. */
export function embeddingRows(rows: Rows, ids: Int32Array): tf.Tensor2D {
  prepare(rows, ids);
  return isFused() ? fusedRows(rows, ids) : composedRows(rows, ids);
}

/** All rows, on the tape: [rows, dimension]. */
export function tableDense(table: EmbeddingTable): tf.Tensor2D {
  ready();
  table.prepareRead();
  return isFused() ? fusedRows(table) : (tf.clone(table.anchor) as unknown as tf.Tensor2D);
}

/** Σ ‖rows[id]‖² over every occurrence in ids: the usual L2 term, before λ and the division by B. */
export function batchSquaredNorm(rows: Rows, ids: Int32Array): tf.Scalar {
  prepare(rows, ids);
  return isFused() ? fusedSquaredNorm(rows, ids) : composedSquaredNorm(rows, ids);
}

const isFused = (): boolean => tf.getBackend() === SIMD;

function prepare(rows: Rows, ids: Int32Array): void {
  ready();
  checkIds(ids, rowCount(rows), 'ids');
  if (rows instanceof EmbeddingTable) rows.prepareRead(ids);
}
