import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { expected, translated } from '../errors.ts';
import { rowOfEntries, type Structure } from './structure.ts';

export interface SparseMatrixOptions {
  readonly rows: number;
  readonly columns: number;
  /** `[rows + 1]`: row r's entries are indptr[r] .. indptr[r + 1). */
  readonly indptr: Int32Array;
  /** [entries], each a column in [0, columns). */
  readonly indices: Int32Array;
  /** [entries], float32. */
  readonly values: Float32Array;
}

/** Values of a matrix's entries, in both orders: [entries]. Constants of the tape. */
export interface EntryValues {
  readonly byRows: tf.Tensor1D;
  readonly byColumns: tf.Tensor1D;
}

/**
 * A constant sparse matrix [rows, columns], kept by rows and by columns, so that products with it and with its transpose
 * both write one row after the other. Belongs to the engine under which it was made.
 */
export class SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly byRows: Structure;
  readonly byColumns: Structure;
  /** `[entries]`: entry q by columns is entry order[q] by rows. */
  readonly order: Int32Array;
  readonly values: EntryValues;
  readonly #cleanups: (() => void)[] = [];

  /** Copies what it is given. @throws LosslabError `bad-data` where the arrays do not make a matrix of that size */
  constructor(options: SparseMatrixOptions) {
    check(options);
    const { rows, columns, indptr, indices, values } = options;
    const { memory, sortPairs } = kernels();
    this.rows = rows;
    this.columns = columns;
    const [copiedPointers, copiedIndices] = translated(() => [memory.copyOf(indptr), memory.copyOf(indices)] as const);
    this.byRows = { indptr: copiedPointers, indices: copiedIndices };
    const starts = translated(() => memory.i32(columns + 1));
    this.order = translated(() => memory.i32(indices.length));
    sortPairs({ rightRows: this.byRows.indices, groups: columns, offsets: starts, order: this.order });
    const rowOf = rowOfEntries(this.byRows);
    const transposed = translated(() => memory.i32(indices.length));
    this.order.forEach((entry, q) => {
      transposed[q] = rowOf[entry]!;
    });
    this.byColumns = { indptr: starts, indices: transposed };
    this.values = tf.tidy(() => {
      const byRows = tf.tensor1d(Float32Array.from(values), 'float32');
      const byColumns = tf.tensor1d(
        Float32Array.from(this.order, (entry) => values[entry]!),
        'float32',
      );
      return { byRows: tf.keep(byRows), byColumns: tf.keep(byColumns) };
    });
  }

  /** `f` runs when the matrix is disposed of: what an engine keeps of it goes with it. */
  whenDisposed(f: () => void): void {
    this.#cleanups.push(f);
  }

  dispose(): void {
    for (const f of this.#cleanups.splice(0)) f();
    const { memory } = kernels();
    for (const { indptr, indices } of [this.byRows, this.byColumns]) {
      memory.free(indptr);
      memory.free(indices);
    }
    memory.free(this.order);
    tf.dispose([this.values.byRows, this.values.byColumns]);
  }
}

function check({ rows, columns, indptr, indices, values }: SparseMatrixOptions): void {
  const refuse = (what: string, got: string): never => {
    throw expected(what, got, 'check the compressed rows', { code: 'bad-data', where: 'matrix' });
  };
  if (indptr.length !== rows + 1) refuse(`indptr of ${rows + 1} numbers`, String(indptr.length));
  if (indptr[0] !== 0 || indptr[rows] !== indices.length) {
    refuse(`indptr from 0 to ${indices.length}`, `${indptr[0]} to ${indptr[rows]}`);
  }
  const falling = indptr.findIndex((start, r) => r > 0 && start < indptr[r - 1]!);
  if (falling > 0) refuse('indptr that never falls', `${indptr[falling - 1]}, ${indptr[falling]} at ${falling}`);
  if (values.length !== indices.length) refuse(`${indices.length} values`, String(values.length));
  const outside = indices.findIndex((column) => column < 0 || column >= columns);
  if (outside >= 0) refuse(`columns in [0, ${columns})`, `${indices[outside]} at ${outside}`);
}
