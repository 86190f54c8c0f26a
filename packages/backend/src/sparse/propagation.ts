import * as tf from '@tensorflow/tfjs';
import { expected } from '../errors.ts';
import { fusedPropagation } from '../fused/propagation.ts';
import { ready } from '../ops/register.ts';
import { SIMD } from '../simd/index.ts';
import { checkIds } from '../tables/check-ids.ts';
import { composedRows } from '../tables/composed.ts';
import type { EmbeddingTable } from '../tables/embedding-table.ts';
import { tableDense } from '../tables/rows.ts';
import type { EntryValues, SparseMatrix } from './sparse-matrix.ts';
import { spmm } from './spmm.ts';

export interface PropagationOptions {
  /** x⁰: a vector for each row, or for each column, of the matrix. */
  readonly table: EmbeddingTable;
  readonly matrix: SparseMatrix; // A
  /** Which of the matrix's sides the table's rows are. */
  readonly side: 'rows' | 'columns';
  /** K ≥ 1. */
  readonly layers: number;
  /** Rows wanted of layers 0, 2, 4 ..., which are on the table's own side: [n], each id once. */
  readonly ownRows: Int32Array;
  /** Rows wanted of layers 1, 3, 5 ..., on the other side: [m], each id once. */
  readonly otherRows: Int32Array;
  /** In place of the matrix's own, e.g. after `edgeDropout`. */
  readonly values?: EntryValues;
}

/**
 * Rows of the layers that a table's vectors pass through in a bipartite graph, on the tape: x⁰, x¹ = Aᵀ x⁰, x² = A x¹, x³ = Aᵀ x²
 * ... for a table on the side of the rows, the other way round for one on the side of the columns. Layer k is [n, D] where k
 * is even and [m, D] where it is odd. Only the layers between the first and the last are computed as a whole: the last one
 * needs the wanted rows' neighbours alone, and so does the first pass of the gradient, which goes into the table without a
 * copy.
 */
export function propagatedRows(options: PropagationOptions): tf.Tensor2D[] {
  const { table, matrix, side, layers, values = matrix.values } = options;
  const [own, other] = side === 'rows' ? [matrix.rows, matrix.columns] : [matrix.columns, matrix.rows];
  if (table.rows !== own) {
    throw expected(`a table of ${own} rows`, String(table.rows), 'say which side of the matrix it is', {
      where: 'table',
    });
  }
  if (!(Number.isInteger(layers) && layers >= 1)) {
    throw expected('layers ≥ 1', String(layers), 'pass a whole number', { where: 'layers' });
  }
  checkIds(options.ownRows, own, 'ownRows');
  checkIds(options.otherRows, other, 'otherRows');
  ready();
  table.prepareRead();
  const propagation = { ...options, values };
  return tf.getBackend() === SIMD ? fusedPropagation(propagation) : composedPropagation(propagation);
}

function composedPropagation(options: Required<PropagationOptions>): tf.Tensor2D[] {
  const { table, matrix, side, layers, ownRows, otherRows, values } = options;
  let x = tableDense(table);
  const out = [composedRows(x, ownRows)];
  for (let layer = 1; layer <= layers; layer++) {
    const isOdd = layer % 2 === 1;
    x = spmm({ matrix, x, transposed: isOdd === (side === 'rows'), values });
    out.push(composedRows(x, isOdd ? otherRows : ownRows));
  }
  return out;
}
