import { makeOptimizer } from '@losslab/backend';
import { type Batch, dataFacts, idMatrix, type NamedArrays, parseOptions, type StepModel } from '@losslab/core';
import { Random } from '@losslab/kernels';
import { gmf, mlp, neuMf } from '@losslab/models';
import { addMatchers, eachEngine, rankerScores, smallInteractions } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

addMatchers();
const [U, I, D, E] = [5, 6, 3, 4];
const train = smallInteractions({ userCount: U, itemCount: I });
const layers = [5, 4, 3];

/** Every parameter by name, in float64. */
type Values = Record<string, { shape: number[]; data: number[] }>;

const random = new Random({ seed: 5 });
const normal = (...shape: number[]) => ({
  shape,
  data: Array.from({ length: shape.reduce((a, b) => a * b) }, () => Math.fround(random.normal())),
});
const start: Values = {
  'gmf.users': normal(U, D),
  'gmf.items': normal(I, D),
  'mlp.users': normal(U, E),
  'mlp.items': normal(I, E),
  'gmf.h': normal(D, 1),
  'mlp.W1.users': normal(E, 5),
  'mlp.W1.items': normal(E, 5),
  'mlp.b1': normal(5),
  'mlp.W2': normal(5, 4),
  'mlp.b2': normal(4),
  'mlp.W3': normal(4, 3),
  'mlp.b3': normal(3),
  'mlp.h': normal(3, 1),
  b: normal(1),
};
const arraysOf = (values: Values): NamedArrays =>
  Object.fromEntries(
    Object.entries(values).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]),
  );

const dot = (x: number[], y: number[]): number => x.reduce((sum, value, d) => sum + value * y[d]!, 0);

/** The two halves of eq. 12, pair by pair: the concatenated vector goes through the layers. */
function halves(values: Values, u: number, i: number): { gmf: number; mlp: number } {
  const row = (name: string, at: number, width: number): number[] =>
    values[name]!.data.slice(at * width, (at + 1) * width);
  const column = (name: string, at: number): number[] => {
    const { shape, data } = values[name]!;
    return Array.from({ length: shape[0]! }, (_, k) => data[k * shape[1]! + at]!);
  };
  const product = row('gmf.users', u, D).map((p, d) => p * row('gmf.items', i, D)[d]!);
  let z = [...row('mlp.users', u, E), ...row('mlp.items', i, E)];
  layers.forEach((width, k) => {
    const into = (to: number): number[] =>
      k === 0 ? [...column('mlp.W1.users', to), ...column('mlp.W1.items', to)] : column(`mlp.W${k + 1}`, to);
    z = Array.from({ length: width }, (_, to) => Math.max(0, dot(into(to), z) + values[`mlp.b${k + 1}`]!.data[to]!));
  });
  return { gmf: dot(column('gmf.h', 0), product), mlp: dot(column('mlp.h', 0), z) };
}
const bias = (values: Values): number => values.b!.data[0]!;

const cases = [
  {
    definition: gmf,
    options: { dimension: D },
    of: (v: Values, u: number, i: number) => halves(v, u, i).gmf + bias(v),
  },
  {
    definition: mlp,
    options: { layers, mlpDimension: E },
    of: (v: Values, u: number, i: number) => halves(v, u, i).mlp + bias(v),
  },
  {
    definition: neuMf,
    options: { dimension: D, layers, mlpDimension: E },
    of(v: Values, u: number, i: number) {
      const { gmf: product, mlp: tower } = halves(v, u, i);
      return product + tower + bias(v);
    },
  },
] as const;
type Case = (typeof cases)[number];

function made({ definition, options }: Pick<Case, 'definition' | 'options'>, more: object = {}, extra = {}): StepModel {
  const context = { facts: dataFacts(train), train, seed: 1, ...extra };
  const chosen = parseOptions(definition.options as typeof gmf.options, { ...options, ...more }, 'model');
  return (definition as typeof gmf).create(chosen, context) as StepModel;
}

function started(which: Case, more?: object): StepModel {
  const model = made(which, more);
  model.parameters.load(arraysOf(start));
  return model;
}

const batch: Batch = {
  epoch: 1,
  step: 0,
  users: Int32Array.of(0, 3, 2, 0),
  positives: idMatrix(Int32Array.of(1, 0, 4, 1), 1),
  negatives: idMatrix(Int32Array.of(3, 3, 4, 2, 1, 0, 2, 2), 2),
  labelled: { users: Int32Array.of(3, 1), items: Int32Array.of(3, 5), labels: Float32Array.of(1, 0) },
};
const negatives = batch.negatives as Batch['positives'];
/** Users and items of the batch's pairs: positives, negatives, labelled. */
const pairs: readonly (readonly [number, number])[] = [
  ...Array.from(batch.positives.data, (i, k) => [batch.users[k]!, i] as const),
  ...Array.from(negatives.data, (i, k) => [batch.users[k >> 1]!, i] as const),
  ...Array.from(batch.labelled!.items, (i, k) => [batch.labelled!.users[k]!, i] as const),
];
const atRest = { training: false, seed: 1 };
const close = { absolute: 2e-5, relative: 2e-5 };
const all = ({ positive, negative, labelled }: ReturnType<StepModel['score']>): tf.Tensor1D =>
  tf.concat1d([positive, negative, labelled!].map((part) => tf.reshape(part, [part.size]) as tf.Tensor1D));

eachEngine(['simd', 'cpu'], () => {
  test.each(cases)('scores of $definition.name are those of the float64 network', (which) => {
    const model = started(which);
    expect(all(model.score(batch, atRest)).dataSync()).toBeCloseToArray(
      pairs.map(([u, i]) => which.of(start, u, i)),
      close,
    );
    const ranker = model.ranker();
    for (let u = 0; u < U; u++) {
      const expected = Array.from({ length: I }, (_, i) => which.of(start, u, i));
      expect(rankerScores(ranker, u)).toBeCloseToArray(expected, close);
    }
    ranker.dispose();
    model.parameters.dispose();
  });

  test.each(cases)('gradients of $definition.name are the differences of the float64 network', (which) => {
    const weights = pairs.map((_, k) => Math.sin(k + 1));
    const loss = (values: Values): number =>
      pairs.reduce((sum, [u, i], k) => sum + weights[k]! * which.of(values, u, i), 0);
    const model = started(which);
    const { gradients } = model.parameters.gradient(
      () => tf.sum(tf.mul(all(model.score(batch, atRest)), weights)) as tf.Scalar,
    );
    const optimizer = makeOptimizer('sgd', { learningRate: 1 }, model.parameters);
    optimizer.apply(gradients);
    const values = structuredClone(start);
    for (const [name, { data: after }] of Object.entries(model.parameters.arrays())) {
      const numbers = values[name]!.data;
      const slopes = numbers.map((value, k) => {
        const at = (x: number): number => {
          numbers[k] = x;
          return loss(values);
        };
        const slope = (at(value + 1e-6) - at(value - 1e-6)) / 2e-6;
        numbers[k] = value;
        return slope;
      });
      const moved = numbers.map((value, k) => value - after[k]!);
      expect(moved).toBeCloseToArray(slopes, { absolute: 1e-4, relative: 1e-4 });
    }
    optimizer.dispose();
    model.parameters.dispose();
  });
});

test('a network without a bend keeps its mean under dropout', () => {
  const values = structuredClone(start);
  for (const each of Object.values(values)) each.data = each.data.map(Math.abs);
  const model = made(cases[1], { dropout: 0.2 });
  model.parameters.load(arraysOf(values));
  const steps = 3000;
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    sum += tf.tidy(() => all(model.score({ ...batch, step }, { training: true, seed: 1 })).dataSync()[0]!);
  }
  const [u, i] = pairs[0]!;
  expect(sum / steps / cases[1].of(values, u, i)).toBeCloseTo(1, 1.5);
  model.parameters.dispose();
});

test('NeuMF starts from trained halves, h by α and 1 − α', () => {
  const runs: Record<string, NamedArrays> = {};
  for (const which of cases.slice(0, 2)) {
    const model = made(which);
    const own = Object.keys(model.parameters.arrays());
    const arrays = arraysOf(start);
    runs[which.definition.name] = Object.fromEntries(own.map((name) => [name, arrays[name]!]));
    model.parameters.dispose();
  }
  const reads = { weightsOf: (folder: string) => runs[folder]! };
  const pretrained = { gmf: 'gmf', mlp: 'mlp', alpha: 0.3 };
  const model = made(cases[2], { pretrained }, reads);
  const expected = pairs.map(([u, i]) => {
    const parts = halves(start, u, i);
    return 0.3 * parts.gmf + 0.7 * parts.mlp + bias(start);
  });
  expect(all(model.score(batch, atRest)).dataSync()).toBeCloseToArray(expected, close);
  const scoped = made(cases[2], { pretrained }, { ...reads, scope: 'gamma' });
  expect(all(scoped.score(batch, atRest)).dataSync()).toEqual(all(model.score(batch, atRest)).dataSync());
  for (const each of [model, scoped]) each.parameters.dispose();

  expect(() => made(cases[2], { pretrained: { gmf: 'mlp', mlp: 'mlp' } }, reads)).toThrow(
    /^\[models] expected gmf\.users in a run of gmf, got arrays named mlp\.users, .*; name a run of gmf on the same data/,
  );
  expect(() => made(cases[2], { pretrained, dimension: 7 }, reads)).toThrow(
    '[models] expected gmf.users [5,7], got [5,3]; name a run of gmf on the same data, with the same sizes',
  );
  expect(() => made(cases[2], { pretrained })).toThrow('got a model context without weightsOf');
});
