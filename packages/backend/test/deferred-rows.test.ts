import { Random } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { EmbeddingTable, embeddingDot, makeOptimizer, ParameterSet, useEngine, xavierUniform } from '../src/index.ts';
import type { RuleOptimizer } from '../src/optimizers/rule-optimizer.ts';

const [USERS, ITEMS, DIM, BATCH] = [400, 500, 8, 4];

beforeAll(async () => {
  await useEngine('simd');
});

type Name = 'adam' | 'sgd';

/** Optimizers that move rows without gradient. */
const optimizers: readonly (readonly [Name, object])[] = [
  ['adam', {}],
  ['sgd', { weightDecay: 0.3 }],
];

/** Two tables, an optimizer, and a step that touches four rows of each: far fewer than an eighth. */
function training(options: object = {}, name: Name = 'adam') {
  const table = (name: string, rows: number): EmbeddingTable =>
    new EmbeddingTable({ name, rows, dimension: DIM, initialise: xavierUniform(), seed: 1 });
  const [users, items] = [table('users', USERS), table('items', ITEMS)];
  const parameters = new ParameterSet({ tables: [users, items] });
  const optimizer = makeOptimizer(name, { learningRate: 0.01, ...options }, parameters) as RuleOptimizer;
  let at = 0;
  const step = (): void => {
    const pairs = pairsOf(at++);
    const loss = (): tf.Scalar =>
      tf.mean(
        embeddingDot({ left: users, right: items, ...pairs })
          .sub(1)
          .square(),
      );
    optimizer.apply(parameters.gradient(loss).gradients);
  };
  const dispose = (): void => {
    optimizer.dispose();
    parameters.dispose();
  };
  return { users, items, parameters, optimizer, step, dispose, seek: (to: number) => (at = to) };
}

/** A step's pairs: some rows often, some now and then, most never. */
function pairsOf(step: number) {
  const random = new Random({ seed: 2, step });
  const ids = (rows: number): Int32Array => Int32Array.from({ length: BATCH }, () => random.int(random.int(rows) + 1));
  return { leftRows: ids(USERS), rightRows: { data: ids(ITEMS), rows: BATCH, columns: 1 } };
}

type Training = ReturnType<typeof training>;
const bits = ({ parameters, optimizer }: Training): string =>
  JSON.stringify([parameters.arrays({ raw: true }), optimizer.state()], (_, value: unknown) =>
    ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
      : value,
  );

test('few rows of a large table: idle moves are put off, and the numbers are the dense pass’s', () => {
  const deferred = training();
  const dense = training({ weightDecay: 1e-30 }); // coupled weight decay means the dense pass
  for (let k = 0; k < 400; k++) for (const each of [deferred, dense]) each.step();
  expect(deferred.optimizer.passes).toEqual({ users: 'deferred', items: 'deferred' });
  expect(dense.optimizer.passes).toEqual({ users: 'dense', items: 'dense' });
  for (const name of ['users', 'items'] as const) {
    const [got, wanted] = [deferred[name].values(), dense[name].values()];
    for (let r = 0; r < got.length / DIM; r++) {
      const row = wanted.subarray(r * DIM, (r + 1) * DIM);
      const largest = Math.max(...row.map(Math.abs));
      row.forEach((value, d) => {
        expect(Math.abs(got[r * DIM + d]! - value) / largest).toBeLessThan(2e-5); // both round to float32
      });
    }
  }
  for (const each of [deferred, dense]) each.dispose();
});

/** `steps` steps of SGD in float64, which visits every row at every step. */
function denseSgd(
  start: readonly Float32Array[],
  steps: number,
  rateAt: (step: number) => number,
  weightDecay: number,
) {
  const [users, items] = start.map((values) => Float64Array.from(values)) as [Float64Array, Float64Array];
  for (let step = 0; step < steps; step++) {
    const { leftRows, rightRows } = pairsOf(step);
    const pulls = [users, items].map((values) => values.map((x) => weightDecay * x)) as [Float64Array, Float64Array];
    for (let b = 0; b < BATCH; b++) {
      const [user, item] = [leftRows[b]! * DIM, rightRows.data[b]! * DIM];
      let score = 0;
      for (let d = 0; d < DIM; d++) score += users[user + d]! * items[item + d]!;
      for (let d = 0; d < DIM; d++) {
        pulls[0][user + d]! += ((2 * (score - 1)) / BATCH) * items[item + d]!;
        pulls[1][item + d]! += ((2 * (score - 1)) / BATCH) * users[user + d]!;
      }
    }
    for (const [side, values] of [users, items].entries()) {
      for (let i = 0; i < values.length; i++) values[i]! -= rateAt(step) * pulls[side]![i]!;
    }
  }
  return { users, items };
}

test('weight decay of SGD is put off, and the numbers are those of float64 that visits every row', () => {
  const [rate, weightDecay, steps] = [0.05, 0.3, 300];
  const run = training({ learningRate: rate, weightDecay }, 'sgd');
  const start = [run.users.values(), run.items.values()];
  for (let k = 0; k < steps; k++) {
    if (k === 200) run.optimizer.learningRate = rate / 4;
    run.step();
  }
  expect(run.optimizer.passes).toEqual({ users: 'deferred', items: 'deferred' });
  const wanted = denseSgd(start, steps, (step) => (step < 200 ? rate : rate / 4), weightDecay);
  for (const name of ['users', 'items'] as const) {
    const got = run[name].values();
    const largest = Math.max(...wanted[name].map(Math.abs));
    expect(Math.max(...got.map((x, i) => Math.abs(x - wanted[name][i]!))) / largest).toBeLessThan(1e-5);
    expect(Math.max(...got.map((x, i) => Math.abs(x / start[name === 'users' ? 0 : 1]![i]! - 1)))).toBeGreaterThan(0.9);
  }
  run.dispose();
});

test('SGD without weight decay owes nothing to a row without gradient', () => {
  const run = training({}, 'sgd');
  for (let k = 0; k < 3; k++) run.step();
  expect(run.optimizer.passes).toEqual({ users: 'dense', items: 'dense' });
  run.dispose();
});

test('a table of which a step touches much takes the dense pass', () => {
  const users = new EmbeddingTable({ name: 'few', rows: 20, dimension: 4, initialise: xavierUniform(), seed: 1 });
  const parameters = new ParameterSet({ tables: [users] });
  const optimizer = makeOptimizer('adam', {}, parameters) as RuleOptimizer;
  const pairs = { leftRows: Int32Array.of(0, 1, 2), rightRows: { data: Int32Array.of(3, 4, 5), rows: 3, columns: 1 } };
  const loss = (): tf.Scalar => tf.sum(embeddingDot({ left: users, right: users, ...pairs }));
  optimizer.apply(parameters.gradient(loss).gradients);
  expect(optimizer.passes).toEqual({ few: 'dense' });
  optimizer.dispose();
  parameters.dispose();
});

test.each(optimizers)('%s: reading a copy of the model changes no bit of what follows', (name, options) => {
  const [watched, alone] = [training(options, name), training(options, name)];
  for (let k = 0; k < 60; k++) {
    watched.step();
    alone.step();
    watched.users.values();
    watched.parameters.arrays();
  }
  expect(bits(watched)).toBe(bits(alone));
  for (const each of [watched, alone]) each.dispose();
});

test.each(optimizers)('%s: a resumed run has the same bits', (name, options) => {
  const make = (): Training => training(options, name);
  const [whole, first, second] = [make(), make(), make()];
  const rateAt = (k: number): number => [0.01, 0.002, 0.03][Math.floor(k / 25)] ?? 0.01;
  const steps = (each: Training, from: number, to: number): void => {
    for (let k = from; k < to; k++) {
      each.optimizer.learningRate = rateAt(k);
      each.step();
    }
  };
  steps(whole, 0, 90);
  steps(first, 0, 40); // rows owe moves at a rate that is not the one which the optimizer was made with
  second.parameters.load(first.parameters.arrays({ raw: true }));
  second.optimizer.load(first.optimizer.state());
  second.seek(40);
  steps(second, 40, 90);
  expect(bits(second)).toBe(bits(whole));
  for (const each of [whole, first, second]) each.dispose();
});

test('idle moves are made at the learning rate of their time', () => {
  const [deferred, dense] = [training(), training({ weightDecay: 1e-30 })];
  for (let k = 0; k < 120; k++) {
    for (const each of [deferred, dense]) {
      if (k === 60) each.optimizer.learningRate = 0.0001;
      each.step();
    }
  }
  const [got, wanted] = [deferred.items.values(), dense.items.values()];
  expect(Math.max(...got.map((x, i) => Math.abs(x - wanted[i]!)))).toBeLessThan(2e-6);
  for (const each of [deferred, dense]) each.dispose();
});

test.each(optimizers)('%s: a table has its moves when the optimizer is gone', (name, options) => {
  const run = training(options, name);
  for (let k = 0; k < 30; k++) run.step();
  const before = run.users.values();
  run.optimizer.dispose();
  expect(run.users.values()).toEqual(before);
  run.parameters.dispose();
});

test.each(optimizers)('%s: new values owe nothing to the old ones', (name, options) => {
  const run = training(options, name);
  for (let k = 0; k < 30; k++) run.step();
  const values = new Float32Array(USERS * DIM).fill(0.5);
  run.users.load(values);
  expect(run.users.values()).toEqual(values);
  run.dispose();
});
