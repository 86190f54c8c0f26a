import { makeOptimizer, useEngine } from '@losslab/backend';
import { type Batch, dataFacts, idMatrix, itemsOf, parseOptions, type StepModel } from '@losslab/core';
import { kernels, Random } from '@losslab/kernels';
import { lightGcn } from '@losslab/models';
import { addMatchers, eachEngine, rankerScores, smallInteractions } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, test } from 'vitest';

addMatchers();
const [U, I, D] = [5, 6, 3];
const train = smallInteractions({ userCount: U, itemCount: I }); // the last user and the last item have no edge
const N = U + I;

function make(options: object, data = train): StepModel {
  const context = { facts: dataFacts(data), train: data, seed: 1 };
  return lightGcn.create(parseOptions(lightGcn.options, options, 'model lightgcn'), context) as StepModel;
}

/** Â = D^−½ A D^−½ of users and items, dense: [N][N]. */
function normalisedAdjacency(): number[][] {
  const a = Array.from({ length: N }, () => new Array<number>(N).fill(0));
  for (let u = 0; u < U; u++) for (const i of itemsOf(train, u)) a[u]![U + i] = a[U + i]![u] = 1;
  const degrees = a.map((row) => row.reduce((sum, x) => sum + x, 0));
  return a.map((row, r) => row.map((x, c) => (x === 0 ? 0 : x / Math.sqrt(degrees[r]! * degrees[c]!))));
}

const times = (a: readonly number[][], x: readonly number[][]): number[][] =>
  a.map((row) => Array.from({ length: D }, (_, d) => row.reduce((sum, w, c) => sum + w * x[c]![d]!, 0)));

/** Layers 0 ... K of all nodes. */
function layersOf(x: number[][], K: number): number[][][] {
  const adjacency = normalisedAdjacency();
  const layers = [x];
  for (let k = 0; k < K; k++) layers.push(times(adjacency, layers[k]!));
  return layers;
}

const mean = (layers: number[][][]): number[][] =>
  layers[0]!.map((row, n) => row.map((_, d) => layers.reduce((sum, x) => sum + x[n]![d]!, 0) / layers.length));
const dot = (x: number[], y: number[]): number => x.reduce((sum, value, d) => sum + value * y[d]!, 0);

const random = new Random({ seed: 5 });
const start = Array.from({ length: N }, () => Array.from({ length: D }, () => Math.fround(random.normal())));
const arraysOf = (x: number[][]) => ({
  users: { shape: [U, D], data: Float32Array.from(x.slice(0, U).flat()) },
  items: { shape: [I, D], data: Float32Array.from(x.slice(U).flat()) },
});

function started(options: object): StepModel {
  const model = make({ dimension: D, ...options });
  model.parameters.load(arraysOf(start));
  return model;
}

const batch: Batch = {
  epoch: 1,
  step: 0,
  users: Int32Array.of(0, 4, 2, 0),
  positives: idMatrix(Int32Array.of(1, 0, 5, 1), 1),
  negatives: idMatrix(Int32Array.of(3, 3, 5, 2, 1, 0, 4, 4), 2),
  labelled: { users: Int32Array.of(3), items: Int32Array.of(3), labels: Float32Array.of(1) },
};
const { positives, negatives, labelled } = batch as Batch & { negatives: Batch['positives'] };
const atRest = { training: false, seed: 1 };
const close = { absolute: 1e-5 };

describe('against dense float64', () => {
  eachEngine(['simd', 'cpu'], () => {
    test.each([1, 2, 3, 4])('scores are inner products of the mean of layers (K = %i)', (K) => {
      const e = mean(layersOf(start, K));
      const score = (u: number, i: number): number => dot(e[u]!, e[U + i]!);
      const model = started({ layers: K });
      const scores = model.score(batch, atRest);
      const at = (ids: Int32Array, columns: number): number[] =>
        Array.from(ids, (i, k) => score(batch.users[Math.floor(k / columns)]!, i));
      expect(scores.positive.dataSync()).toBeCloseToArray(at(positives.data, 1), close);
      expect(scores.negative.dataSync()).toBeCloseToArray(at(negatives.data, 2), close);
      expect(scores.labelled!.dataSync()).toBeCloseToArray([score(3, 3)], close);
      const ranker = model.ranker();
      for (let u = 0; u < U; u++) {
        const all = Array.from({ length: I }, (_, i) => score(u, i));
        expect(rankerScores(ranker, u)).toBeCloseToArray(all, close);
      }
      ranker.dispose();
      model.parameters.dispose();
    });

    test.each([1, 2, 3])('gradients are those of the mean of layers (K = %i)', (K) => {
      const model = started({ layers: K });
      const { gradients } = model.parameters.gradient(() => {
        const { positive, negative } = model.score(batch, atRest);
        return tf.sub(tf.sum(positive), tf.sum(negative)) as tf.Scalar;
      });
      // Σ s = Σ w_ui ⟨e_u, e_i⟩: ∂/∂e is known, and e = P x with a symmetric P.
      const e = mean(layersOf(start, K));
      const slopes = Array.from({ length: N }, () => new Array<number>(D).fill(0));
      const add = (u: number, i: number, weight: number): void => {
        for (let d = 0; d < D; d++) {
          slopes[u]![d]! += weight * e[U + i]![d]!;
          slopes[U + i]![d]! += weight * e[u]![d]!;
        }
      };
      batch.users.forEach((u, b) => {
        add(u, positives.data[b]!, 1);
        for (const n of [0, 1]) add(u, negatives.data[2 * b + n]!, -1);
      });
      const expected = mean(layersOf(slopes, K)).flat();
      const optimizer = makeOptimizer('sgd', { learningRate: 1 }, model.parameters);
      optimizer.apply(gradients);
      const { users, items } = model.parameters.arrays();
      const after = [...users!.data, ...items!.data];
      expect(start.flat().map((x, k) => x - after[k]!)).toBeCloseToArray(expected, close);
      optimizer.dispose();
      model.parameters.dispose();
    });

    test('the penalty: on the batch’s rows of layer 0, or of all layers', () => {
      const nodes = [
        ...[...batch.users, ...labelled!.users],
        ...[...positives.data, ...negatives.data, ...labelled!.items].map((i) => U + i),
      ];
      const squares = layersOf(start, 2).map((x) => nodes.reduce((sum, n) => sum + dot(x[n]!, x[n]!), 0));
      const value = (l2Layers: string): number =>
        started({ layers: 2, l2: 0.1, l2Layers }).penalty!(batch).dataSync()[0]!;
      expect(value('first')).toBeCloseTo(((0.1 / 2) * squares[0]!) / 5, 5);
      expect(value('all')).toBeCloseTo(((0.1 / 2) * squares.reduce((sum, x) => sum + x)) / 5, 5);
    });

    test('ranks by inner products where it trains on cosines, if asked', () => {
      const model = started({ similarity: 'cosine', rankBy: 'dot' });
      const e = mean(layersOf(start, 3));
      const all = Array.from({ length: I }, (_, i) => dot(e[1]!, e[U + i]!));
      expect(rankerScores(model.ranker(), 1)).toBeCloseToArray(all, close);
      const cosine = dot(e[0]!, e[U + 1]!) / Math.sqrt(dot(e[0]!, e[0]!) * dot(e[U + 1]!, e[U + 1]!));
      expect(model.score(batch, atRest).positive.dataSync()[0]).toBeCloseTo(cosine, 5);
    });

    test('edges are dropped in training for scores and penalty alike, and weigh 1 / (1 − p)', () => {
      const model = started({ layers: 1, edgeDropout: 0.5, l2: 1, l2Layers: 'all' });
      const training = { training: true, seed: 1 };
      const loss = (penalty: boolean) => () => {
        const { positive } = model.score(batch, training);
        return (penalty ? model.penalty!(batch) : tf.sum(positive)) as tf.Scalar;
      };
      const [score, penalty] = [false, true].map((each) => model.parameters.gradient(loss(each)).loss);
      // With one edge at (u, i), e_u = (x_u + w x_i / √..) / 2: try every set of edges of the batch's graph.
      const edges = Array.from({ length: U }, (_, u) => [...itemsOf(train, u)].map((i) => [u, i] as const)).flat();
      const adjacency = normalisedAdjacency();
      const explained = Array.from({ length: 2 ** edges.length }).some((_, set) => {
        const kept = adjacency.map((row) => row.slice());
        edges.forEach(([u, i], k) => {
          const factor = (set >> k) & 1 ? 2 : 0;
          kept[u]![U + i]! *= factor;
          kept[U + i]![u]! *= factor;
        });
        const layers = [start, times(kept, start)];
        const e = mean(layers);
        const sum = Array.from(batch.users, (u, b) => dot(e[u]!, e[U + positives.data[b]!]!));
        if (Math.abs(sum.reduce((a, b) => a + b) - score!) > 1e-4) return false;
        const nodes = [
          ...[...batch.users, ...labelled!.users],
          ...[...positives.data, ...negatives.data, ...labelled!.items].map((i) => U + i),
        ];
        const norms = layers.flatMap((x) => nodes.map((n) => dot(x[n]!, x[n]!)));
        return Math.abs(norms.reduce((a, b) => a + b) / 2 / 5 - penalty!) < 1e-3;
      });
      expect(explained).toBe(true);
      model.parameters.dispose();
    });
  });
});

describe('training', () => {
  const data = smallInteractions({ userCount: 900, itemCount: 700 });

  function trainSteps(model: StepModel, optimizer: ReturnType<typeof makeOptimizer>, from: number, to: number): void {
    for (let step = from; step < to; step++) {
      const draw = new Random({ seed: 3, step });
      const ids = (n: number, bound: number): Int32Array => Int32Array.from({ length: n }, () => draw.int(bound));
      const one: Batch = {
        epoch: 0,
        step,
        users: ids(200, 900),
        positives: idMatrix(ids(200, 700), 1),
        negatives: 'in-batch',
      };
      const { gradients } = model.parameters.gradient(() => {
        const { positive, negative } = model.score(one, { training: true, seed: 1 });
        return tf.add(tf.sub(tf.mean(negative), tf.mean(positive)), model.penalty!(one)) as tf.Scalar;
      });
      optimizer.apply(gradients);
    }
  }
  const options = { dimension: 64, edgeDropout: 0.1, l2: 1e-3, similarity: 'cosine' };
  const bits = (model: StepModel): Float32Array[] =>
    Object.values(model.parameters.arrays({ raw: true })).map(({ data: values }) => values as Float32Array);
  const started = (): [StepModel, ReturnType<typeof makeOptimizer>] => {
    const model = make(options, data);
    return [model, makeOptimizer('adam', { learningRate: 0.01 }, model.parameters)];
  };
  afterAll(() => {
    kernels().engine.threads = 1;
  });

  test('gives the same bits on one, two and four threads', async () => {
    const results: Float32Array[][] = [];
    for (const threads of [1, 2, 4]) {
      await useEngine('simd', { threads });
      await kernels().engine.ready();
      const [model, optimizer] = started();
      trainSteps(model, optimizer, 0, 3);
      results.push(bits(model));
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test('goes on from its arrays and the optimizer’s state to the same bits', async () => {
    await useEngine('simd', { threads: 1 });
    const [model, optimizer] = started();
    trainSteps(model, optimizer, 0, 2);
    const saved = [model.parameters.arrays({ raw: true }), optimizer.state()] as const;
    trainSteps(model, optimizer, 2, 4);
    const [fresh, again] = started();
    fresh.parameters.load(saved[0]);
    again.load(saved[1]);
    trainSteps(fresh, again, 2, 4);
    expect(bits(fresh)).toEqual(bits(model));
    expect(again.passes).toEqual({ users: 'dense', items: 'dense' });
  });
});
