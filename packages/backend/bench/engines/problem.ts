import { Random } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { EmbeddingTable, normal, ParameterSet, SparseMatrix } from '../../src/index.ts';

export interface Size {
  readonly batch: number; // B
  readonly negatives: number; // N
  readonly dimension: number; // D
  readonly users: number;
  readonly items: number;
  readonly entries: number;
}

/** A training step's. */
export const STEP: Size = { batch: 256, negatives: 64, dimension: 64, users: 6000, items: 4000, entries: 100_000 };

/** A moment's work on every engine: it tells whether an op is right, not how long it takes. */
export const SMALL: Size = { batch: 16, negatives: 8, dimension: 8, users: 60, items: 50, entries: 400 };

/** Two tables that training moves. */
export interface Tables {
  readonly users: EmbeddingTable;
  readonly items: EmbeddingTable;
  readonly parameters: ParameterSet;
}

/** The rows that a batch scores: [B], and [B, N]. */
export interface Rows {
  readonly leftRows: Int32Array;
  readonly rightRows: { readonly data: Int32Array; readonly rows: number; readonly columns: number };
}

export interface Problem {
  /** New tables on the active engine, which always begin with the same numbers. */
  readonly tables: () => Tables;
  readonly batches: readonly [Rows, Rows];
  readonly matrix: SparseMatrix; // [users, items]
  readonly scores: tf.Tensor2D; // [B, N]
  readonly dispose: () => void;
}

const WEIGHT = 0.2; // of every entry: a product neither grows nor shrinks much from layer to layer

/** Seeded: the same numbers on every engine. */
export function makeProblem({ batch, negatives, dimension, users, items, entries }: Size): Problem {
  const random = new Random({ seed: 1 });
  const ids = (length: number, bound: number): Int32Array => Int32Array.from({ length }, () => random.int(bound));
  const rows = (): Rows => ({
    leftRows: ids(batch, users),
    rightRows: { data: ids(batch * negatives, items), rows: batch, columns: negatives },
  });
  const batches = [rows(), rows()] as const;
  const indptr = Int32Array.from({ length: users + 1 }, (_, row) => Math.floor((row * entries) / users));
  const values = new Float32Array(entries).fill(WEIGHT);
  const matrix = new SparseMatrix({ rows: users, columns: items, indptr, indices: ids(entries, items), values });
  const normals = Float32Array.from({ length: batch * negatives }, () => random.normal());
  const scores = tf.tensor2d(normals, [batch, negatives]);
  const made: ParameterSet[] = [];
  const table = (name: string, count: number): EmbeddingTable =>
    new EmbeddingTable({ name, rows: count, dimension, initialise: normal(1), seed: 1 });
  const tables = (): Tables => {
    const both = { users: table('users', users), items: table('items', items) };
    const parameters = new ParameterSet({ tables: [both.users, both.items] });
    made.push(parameters);
    return { ...both, parameters };
  };
  const dispose = (): void => {
    for (const each of [...made, matrix, scores]) each.dispose();
  };
  return { tables, batches, matrix, scores, dispose };
}
