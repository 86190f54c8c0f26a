import { type Dropout, type EntryValues, edgeDropout, propagatedRows, SparseMatrix, spmm } from '@losslab/backend';
import type { Batch, Interactions } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { localBatch } from './local-batch.ts';
import type { Sides, Tables } from './tables.ts';

/** [users, items]: 1 / (√|N_u| √|N_i|) where u touched i. The rest of D^−½ A D^−½ is its transpose. */
export function normalisedGraph({ userCount, itemCount, indptr, indices }: Interactions): SparseMatrix {
  const degrees = new Int32Array(itemCount);
  for (const item of indices) degrees[item]!++;
  const values = new Float32Array(indices.length);
  for (let u = 0; u < userCount; u++) {
    const degree = indptr[u + 1]! - indptr[u]!;
    for (let p = indptr[u]!; p < indptr[u + 1]!; p++) values[p] = 1 / Math.sqrt(degree * degrees[indices[p]!]!);
  }
  return new SparseMatrix({ rows: userCount, columns: itemCount, indptr, indices, values });
}

export interface Graph extends Tables {
  readonly matrix: SparseMatrix; // [users, items]
  readonly layers: number; // K
}

/** Vectors of a batch's users and items in each layer, and the batch with ids that point at them. */
export interface BatchLayers {
  readonly layers: readonly { readonly users: tf.Tensor2D; readonly items: tf.Tensor2D }[]; // K + 1
  readonly batch: Batch;
}

/** Users' vectors go to items, to users ..., items' the other way: two chains, of which each layer takes one of each. */
export function batchLayers(graph: Graph, batch: Batch, dropout: Dropout | undefined): BatchLayers {
  const { users, items, matrix, layers } = graph;
  const local = localBatch(batch, { userCount: users.rows, itemCount: items.rows });
  const values: EntryValues = dropout ? edgeDropout(matrix, dropout) : matrix.values;
  const common = { matrix, layers, values };
  const rows = { table: users, side: 'rows', ownRows: local.users, otherRows: local.items } as const;
  const columns = { table: items, side: 'columns', ownRows: local.items, otherRows: local.users } as const;
  const fromUsers = propagatedRows({ ...common, ...rows });
  const fromItems = propagatedRows({ ...common, ...columns });
  const each = fromUsers.map((own, layer) =>
    layer % 2 === 0 ? { users: own, items: fromItems[layer]! } : { users: fromItems[layer]!, items: own },
  );
  return { layers: each, batch: local.batch };
}

/** e = Σ_k e^k / (K + 1), He et al. eq. 8. */
export function meanOfLayers(layers: readonly { users: tf.Tensor2D; items: tf.Tensor2D }[]): Sides {
  // One after the other: tfjs's addN is a loop in JavaScript.
  const mean = (each: tf.Tensor2D[]): tf.Tensor2D =>
    tf.div(
      each.reduce((sum, x) => tf.add(sum, x)),
      each.length,
    );
  return { users: mean(layers.map(({ users }) => users)), items: mean(layers.map(({ items }) => items)) };
}

/** The mean of layers of every user and item, off the tape. */
export function meanOfAll({ users, items, matrix, layers }: Graph): { users: tf.Tensor2D; items: tf.Tensor2D } {
  return tf.tidy(() => {
    const rows = (table: Tables['users']): tf.Tensor2D => tf.tensor2d(table.values(), [table.rows, table.dimension]);
    let layer = { users: rows(users), items: rows(items) };
    let sum = layer;
    for (let k = 1; k <= layers; k++) {
      layer = { users: spmm({ matrix, x: layer.items }), items: spmm({ matrix, x: layer.users, transposed: true }) };
      sum = { users: tf.add(sum.users, layer.users), items: tf.add(sum.items, layer.items) };
    }
    return { users: tf.div(sum.users, layers + 1), items: tf.div(sum.items, layers + 1) };
  });
}
