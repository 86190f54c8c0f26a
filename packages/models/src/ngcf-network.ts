import { edgeDropout, initialValues, type SparseMatrix, spmm, tableDense, xavierUniform } from '@losslab/backend';
import type { ModelContext } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { dropoutMask } from './dropout-mask.ts';
import { normaliseRows } from './in-batch.ts';
import type { Tables } from './tables.ts';

/** LeakyReLU's slope below zero. */
const SLOPE = 0.2;
/** Streams of the masks of messages: two a layer from here on. */
const STREAM = 0xf100;

/** W₁ and W₂ of each layer, [D, D]. */
export interface Weights {
  readonly layers: readonly { readonly own: tf.Variable<tf.Rank.R2>; readonly product: tf.Variable<tf.Rank.R2> }[];
  readonly variables: Readonly<Record<string, tf.Variable>>;
}

export interface Network {
  readonly tables: Tables;
  readonly matrix: SparseMatrix; // [users, items]
  readonly weights: Weights;
  readonly normalise: boolean;
  readonly messageDropout: number;
  readonly edgeDropout: number;
}

/** Xavier uniform (Glorot & Bengio 2010). Names are `W1.1` ... `W2.K`, after the scope. */
export function makeWeights(
  { dimension, layers }: { readonly dimension: number; readonly layers: number },
  { seed, scope }: ModelContext,
): Weights {
  const variables: Record<string, tf.Variable> = {};
  const make = (short: string): tf.Variable<tf.Rank.R2> => {
    const name = scope ? `${scope}.${short}` : short;
    const values = initialValues(xavierUniform(), { name, rows: dimension, dimension, seed });
    const variable = tf.tidy(() => tf.variable(tf.tensor2d(values, [dimension, dimension])));
    variables[name] = variable;
    return variable;
  };
  const each = Array.from({ length: layers }, (_, k) => ({ own: make(`W1.${k + 1}`), product: make(`W2.${k + 1}`) }));
  return { layers: each, variables };
}

interface Layer {
  readonly users: tf.Tensor2D; // [users, D]
  readonly items: tf.Tensor2D; // [items, D]
}

/** By kernels that are there: tfjs's own leakyRelu is a loop in JavaScript, and so is its gradient. */
function leakyRelu(x: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.mul(SLOPE, x), tf.mul(1 - SLOPE, tf.relu(x)));
}

/** Layers 0 to K of all users and items. @param at whose dropout, where it is on */
export function layersOf(
  network: Network,
  at: { readonly seed: number; readonly epoch: number; readonly step: number } | undefined,
): Layer[] {
  const { tables, matrix, weights, normalise, messageDropout } = network;
  const values =
    at && network.edgeDropout > 0 ? edgeDropout(matrix, { rate: network.edgeDropout, ...at }) : matrix.values;
  const dropped = (x: tf.Tensor2D, stream: number): tf.Tensor2D =>
    at && messageDropout > 0 ? tf.mul(x, dropoutMask(x.shape, { rate: messageDropout, ...at }, stream)) : x;
  let layer: Layer = { users: tableDense(tables.users), items: tableDense(tables.items) };
  const layers = [layer];
  weights.layers.forEach(({ own, product }, k) => {
    const next = (x: tf.Tensor2D, received: tf.Tensor2D): tf.Tensor2D =>
      leakyRelu(tf.add(tf.matMul(tf.add(x, received), own), tf.matMul(tf.mul(x, received), product)));
    const received = {
      users: spmm({ matrix, x: layer.items, values }),
      items: spmm({ matrix, x: layer.users, transposed: true, values }),
    };
    layer = {
      users: dropped(next(layer.users, received.users), STREAM + 2 * k),
      items: dropped(next(layer.items, received.items), STREAM + 2 * k + 1),
    };
    layers.push(normalise ? { users: normaliseRows(layer.users), items: normaliseRows(layer.items) } : layer);
  });
  return layers;
}
