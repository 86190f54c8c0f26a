import { makeOptimizer } from '@losslab/backend';
import {
  type Batch,
  dataFacts,
  idMatrix,
  itemsOf,
  type NamedArrays,
  parseOptions,
  type StepModel,
} from '@losslab/core';
import { Random } from '@losslab/kernels';
import { ngcf } from '@losslab/models';
import { addMatchers, eachEngine, rankerScores, smallInteractions } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

addMatchers();
const [U, I, D, K] = [5, 6, 3, 2];
const train = smallInteractions({ userCount: U, itemCount: I });
const N = U + I;
const random = new Random({ seed: 5 });
const matrixOf = (rows: number): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: D }, () => Math.fround(random.normal())));
const start: Values = { nodes: matrixOf(N), own: [matrixOf(D), matrixOf(D)], product: [matrixOf(D), matrixOf(D)] };

/** Everything that is trained: vectors of users, then items, and W₁, W₂ of each layer. */
interface Values {
  readonly nodes: number[][]; // [N][D]
  readonly own: number[][][]; // K of [D][D]
  readonly product: number[][][];
}

const dot = (x: number[], y: number[]): number => x.reduce((sum, value, d) => sum + value * y[d]!, 0);
const through = (x: number[], W: number[][]): number[] =>
  W[0]!.map((_, c) => x.reduce((sum, value, d) => sum + value * W[d]![c]!, 0));

/** Eq. 3-5 message by message, in float64; layers joined (eq. 9). */
function joined({ nodes, own, product }: Values, normalise: boolean): number[][] {
  const neighbours = Array.from({ length: N }, (_, n) =>
    n < U
      ? [...itemsOf(train, n)].map((i) => U + i)
      : [...Array(U).keys()].filter((u) => [...itemsOf(train, u)].includes(n - U)),
  );
  let layer = nodes;
  const all = nodes.map((row) => [...row]);
  for (let k = 0; k < K; k++) {
    layer = layer.map((e, n) => {
      const sum = through(e, own[k]!);
      for (const m of neighbours[n]!) {
        const weight = 1 / Math.sqrt(neighbours[n]!.length * neighbours[m]!.length);
        const other = layer[m]!;
        const message = through(other, own[k]!);
        const interaction = through(
          other.map((value, d) => value * e[d]!),
          product[k]!,
        );
        for (let d = 0; d < D; d++) sum[d]! += weight * (message[d]! + interaction[d]!);
      }
      return sum.map((value) => (value > 0 ? value : 0.2 * value));
    });
    layer.forEach((row, n) => {
      const norm = normalise ? Math.sqrt(dot(row, row)) : 1;
      all[n]!.push(...row.map((value) => value / norm));
    });
  }
  return all;
}

const batch: Batch = {
  epoch: 1,
  step: 0,
  users: Int32Array.of(0, 3, 2, 0),
  positives: idMatrix(Int32Array.of(1, 0, 4, 1), 1),
  negatives: idMatrix(Int32Array.of(3, 3, 4, 2, 1, 0, 2, 2), 2),
};
const negatives = batch.negatives as Batch['positives'];
const atRest = { training: false, seed: 1 };
const close = { absolute: 2e-5, relative: 2e-5 };

const array = (rows: number[][]) => ({ shape: [rows.length, D], data: Float32Array.from(rows.flat()) });
const arraysOf = ({ nodes, own, product }: Values): NamedArrays => ({
  users: array(nodes.slice(0, U)),
  items: array(nodes.slice(U)),
  ...Object.fromEntries(own.flatMap((W, k) => [[`W1.${k + 1}`, array(W)] as const])),
  ...Object.fromEntries(product.flatMap((W, k) => [[`W2.${k + 1}`, array(W)] as const])),
});

function started(options: object): StepModel {
  const context = { facts: dataFacts(train), train, seed: 1 };
  const chosen = parseOptions(ngcf.options, { dimension: D, layers: K, ...options }, 'model ngcf');
  const model = ngcf.create(chosen, context) as StepModel;
  model.parameters.load(arraysOf(start));
  return model;
}

eachEngine(['simd', 'cpu'], () => {
  test.each([false, true])('scores are inner products of joined layers (normalised: %s)', (normalise) => {
    const e = joined(start, normalise);
    const model = started({ normalise });
    const { positive, negative } = model.score(batch, atRest);
    const at = (ids: Int32Array, columns: number): number[] =>
      Array.from(ids, (i, k) => dot(e[batch.users[Math.floor(k / columns)]!]!, e[U + i]!));
    expect(positive.dataSync()).toBeCloseToArray(at(batch.positives.data, 1), close);
    expect(negative.dataSync()).toBeCloseToArray(at(negatives.data, 2), close);
    const ranker = model.ranker();
    const all = Array.from({ length: I }, (_, i) => dot(e[4]!, e[U + i]!));
    expect(rankerScores(ranker, 4)).toBeCloseToArray(all, close);
    ranker.dispose();
    model.parameters.dispose();
  });

  test('ranks by inner products where it trains on cosines, if asked', () => {
    const e = joined(start, false);
    const model = started({ similarity: 'cosine', rankBy: 'dot' });
    const [u, i] = [batch.users[0]!, U + batch.positives.data[0]!];
    const cosine = dot(e[u]!, e[i]!) / Math.sqrt(dot(e[u]!, e[u]!) * dot(e[i]!, e[i]!));
    expect(model.score(batch, atRest).positive.dataSync()[0]).toBeCloseTo(cosine, 5);
    const ranker = model.ranker();
    const all = Array.from({ length: I }, (_, item) => dot(e[4]!, e[U + item]!));
    expect(rankerScores(ranker, 4)).toBeCloseToArray(all, close);
    ranker.dispose();
    model.parameters.dispose();
  });

  test('the penalty is on the joined rows of the batch', () => {
    const e = joined(start, false);
    const nodes = [...batch.users, ...[...batch.positives.data, ...negatives.data].map((i) => U + i)];
    const squares = nodes.reduce((sum, n) => sum + dot(e[n]!, e[n]!), 0);
    const model = started({ l2: 0.1 });
    expect(model.penalty!(batch).dataSync()).toBeCloseToArray([((0.1 / 2) * squares) / 4], { relative: 1e-5 });
    model.parameters.dispose();
  });

  test('gradients of vectors and of W are the differences of the float64 loss', () => {
    const loss = (values: Values): number => {
      const e = joined(values, false);
      let sum = 0;
      batch.users.forEach((u, b) => {
        sum += dot(e[u]!, e[U + batch.positives.data[b]!]!);
        for (const n of [0, 1]) sum -= dot(e[u]!, e[U + negatives.data[2 * b + n]!]!);
      });
      return sum;
    };
    const model = started({});
    const { gradients } = model.parameters.gradient(() => {
      const { positive, negative } = model.score(batch, atRest);
      return tf.sub(tf.sum(positive), tf.sum(negative)) as tf.Scalar;
    });
    const optimizer = makeOptimizer('sgd', { learningRate: 1 }, model.parameters);
    optimizer.apply(gradients);
    const after = model.parameters.arrays();
    const values = structuredClone(start);
    const parts: readonly (readonly [string, number[][]])[] = [
      ['users', values.nodes.slice(0, U)],
      ['items', values.nodes.slice(U)],
      ...values.own.map((W, k) => [`W1.${k + 1}`, W] as const),
      ...values.product.map((W, k) => [`W2.${k + 1}`, W] as const),
    ];
    for (const [name, rows] of parts) {
      const slopes = rows.flatMap((row) =>
        row.map((value, d) => {
          const at = (x: number): number => {
            row[d] = x;
            return loss(values);
          };
          const slope = (at(value + 1e-5) - at(value - 1e-5)) / 2e-5;
          row[d] = value;
          return slope;
        }),
      );
      const moved = rows.flat().map((value, k) => value - after[name]!.data[k]!);
      expect(moved).toBeCloseToArray(slopes, { absolute: 2e-4, relative: 1e-4 });
    }
    optimizer.dispose();
    model.parameters.dispose();
  });
});
