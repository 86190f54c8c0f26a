import type { SparseMatrix } from '../sparse/sparse-matrix.ts';
import type { EmbeddingTable } from '../tables/embedding-table.ts';

export interface PropagationAttributes {
  readonly table: EmbeddingTable;
  readonly matrix: SparseMatrix;
  readonly side: 'rows' | 'columns';
  readonly layers: number;
  readonly ownRows: Int32Array;
  readonly otherRows: Int32Array;
}

/** Rows wanted of layer k. */
export const wanted = ({ ownRows, otherRows }: PropagationAttributes, layer: number): Int32Array =>
  layer % 2 === 1 ? otherRows : ownRows;

/** Rows of layer k as a whole. */
export function layerRows({ table, matrix, side }: PropagationAttributes, layer: number): number {
  if (layer % 2 === 0) return table.rows;
  return side === 'rows' ? matrix.columns : matrix.rows;
}

/** Whether layer k is Aᵀ times the one before, or A times it. */
export const isTransposed = ({ side }: PropagationAttributes, layer: number): boolean =>
  (layer % 2 === 1) === (side === 'rows');
