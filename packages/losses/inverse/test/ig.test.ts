import { EmbeddingTable, embeddingDot, normal, ParameterSet, useEngine } from '@losslab/backend';
import { type Batch, idMatrix, negativeIds, parseOptions, type Scores } from '@losslab/core';
import { idl, ig } from '@losslab/loss-inverse';
import { lossFacts } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { logLoss, sigmoid } from './naive.ts';
import { eventsOf, pairBatch, type Setting, stepContext } from './step-context.ts';

beforeAll(async () => {
  await useEngine('simd');
});

const make = (options: object, learningRate = 0.1) =>
  ig.create(parseOptions(ig.options, options, 'step ig'), { learningRate });
const loss = idl.create({}, lossFacts);

/** Logistic regression on one feature, x of the item: ŷ = σ(θ·x) (eq. 7). */
function logistic(theta: number, x: readonly number[], batch: Batch): Setting {
  const variable = tf.variable(tf.scalar(theta), true);
  const features = tf.tensor1d([...x]);
  const of = (items: Int32Array): tf.Tensor => tf.mul(variable, tf.gather(features, tf.tensor1d(items, 'int32')));
  const score = ({ labelled, negatives }: Batch): Scores => {
    const { data, rows, columns } = negatives as Exclude<Batch['negatives'], string>;
    return {
      positive: tf.zeros([rows, 0]),
      negative: columns === 0 ? tf.zeros([rows, 0]) : (tf.reshape(of(data), [rows, columns]) as tf.Tensor2D),
      ...(labelled && { labelled: of(labelled.items) as tf.Tensor1D }),
    };
  };
  const parameters = new ParameterSet({ variables: { theta: variable } });
  return { parameters, score, loss, learningRate: 0.1, streams: { 'training-train': [], 'training-test': [batch] } };
}

describe('Theorem 1: one instance of logistic regression', () => {
  const cases = [-1.3, -0.2, 0.4, 2].flatMap((theta) =>
    [-1.5, 0.7].flatMap((x) => [0, 1].map((label) => ({ theta, x, label }))),
  );
  test.each(cases)('θ = $theta, x = $x, y = $label: θᵈ and θⁱ lie on either side of θ', async ({ theta, x, label }) => {
    const alpha = 0.05;
    const batch = pairBatch([{ user: 0, item: 0, label, unlabelled: 0 }]);
    const setting = logistic(theta, [x], batch);
    const seen: number[] = [];
    const context = stepContext(setting);
    const evaluate = (of: Batch): number => {
      seen.push(context.evaluate(of));
      return seen.at(-1)!;
    };
    const [event] = await eventsOf(make({ alpha, innerOptimizer: 'sgd' }), { ...context, evaluate });

    const [one, zero] = [logLoss(theta * x, 1) ** 2, logLoss(theta * x, 0) ** 2];
    const gradient = (sigmoid(theta * x) - zero / (zero + one)) * x; // of eq. 4 in θ, weights held fixed
    const at = (moved: number): number => logLoss(moved * x, label);
    const expected = [at(theta), at(theta - alpha * gradient), at(theta + alpha * gradient)];
    seen.forEach((value, candidate) => {
      expect(value).toBeCloseTo(expected[candidate]!, 5);
    });
    const [pass, direct, inverse] = expected as [number, number, number];
    expect((direct - pass) * (inverse - pass)).toBeLessThan(0);
    expect(event!.counts).toEqual({ [direct < inverse ? 'direct' : 'inverse']: 1 });
    setting.parameters.dispose();
  });
});

test('a batch can pass: where α is large, θᵈ and θⁱ both overshoot', async () => {
  const rows = [1, 0].map((label) => ({ user: 0, item: 0, label, unlabelled: 0 }));
  const directions: string[] = [];
  for (const alpha of [0.01, 1, 100]) {
    const setting = logistic(0.1, [1], pairBatch(rows)); // the labelled loss is least at θ = 0
    const [event] = await eventsOf(make({ alpha, innerOptimizer: 'sgd' }), stepContext(setting));
    directions.push(...Object.keys(event!.counts!));
    setting.parameters.dispose();
  }
  expect(directions).toEqual(['inverse', 'inverse', 'pass']);
});

/** Two tables of random rows and a batch that touches some of them, one twice. */
function factors(): Setting {
  const table = (name: string) => new EmbeddingTable({ name, rows: 6, dimension: 5, initialise: normal(0.3), seed: 3 });
  const [users, items] = [table('users'), table('items')];
  const of = (left: Int32Array, right: ReturnType<typeof negativeIds>) =>
    embeddingDot({ left: users, right: items, leftRows: left, rightRows: right });
  const score = (batch: Batch): Scores => ({
    positive: of(batch.users, batch.positives),
    negative: of(batch.users, negativeIds(batch)),
    ...(batch.labelled && {
      labelled: tf.squeeze<tf.Tensor1D>(of(batch.labelled.users, idMatrix(batch.labelled.items, 1)), [1]),
    }),
  });
  const batch = pairBatch([
    { user: 0, item: 1, label: 1, unlabelled: 2 },
    { user: 4, item: 3, label: 0, unlabelled: 2 },
    { user: 4, item: 5, label: 1, unlabelled: 0 },
  ]);
  const parameters = new ParameterSet({ tables: [users, items] });
  return { parameters, score, loss, learningRate: 0.1, streams: { 'training-train': [], 'training-test': [batch] } };
}

/** One training-test step without line 18, the candidates' losses given: of θ, θᵈ and θⁱ. */
async function chosen(losses: readonly number[], options: object) {
  const setting = factors();
  const before = setting.parameters.arrays();
  const given = losses.values();
  const context = stepContext(setting, { evaluate: () => given.next().value!, update: () => undefined });
  const [event] = await eventsOf(make(options), context);
  const after = setting.parameters.arrays();
  setting.parameters.dispose();
  return { direction: Object.keys(event!.counts!)[0], before, after };
}

/** θ after one step of a fresh optimizer on the unlabelled pairs, upwards or downwards. */
function moved(optimizer: string, scale: number) {
  const setting = factors();
  const { freshOptimizer, objective } = stepContext(setting);
  const { labelled: _, ...unlabelled } = setting.streams['training-test']![0]!;
  const { gradients } = setting.parameters.gradient(objective(unlabelled));
  freshOptimizer(optimizer, 0.05).apply(gradients, { scale });
  const after = setting.parameters.arrays();
  setting.parameters.dispose();
  return after;
}

describe.each(['adam', 'sgd'])('candidates by %s', (innerOptimizer) => {
  const options = { alpha: 0.05, innerOptimizer };

  test.each([
    ['pass', [1, 2, 3]],
    ['pass', [1, 1, 1]],
    ['pass', [1, 1, Number.NaN]],
  ])('%s with losses %j: parameters are what they were, bit by bit', async (expected, losses) => {
    const { direction, before, after } = await chosen(losses, options);
    expect(direction).toBe(expected);
    expect(after).toEqual(before);
  });

  test.each([
    ['direct', 1, [2, 1, 3]],
    ['direct', 1, [2, 1, 1]],
    ['inverse', -1, [2, 3, 1]],
  ])('%s: one step of a fresh optimizer, and no bit of the other candidate', async (expected, scale, losses) => {
    const { direction, before, after } = await chosen(losses, options);
    expect(direction).toBe(expected);
    expect(after).toEqual(moved(innerOptimizer, scale));
    expect(after).not.toEqual(before);
  });
});

test('training-train comes first, and a resumed epoch goes on where it stopped', async () => {
  const setting = factors();
  const batch = setting.streams['training-test']![0]!;
  const streams = { 'training-train': [batch, batch], 'training-test': [batch, batch] };
  const context = stepContext({ ...setting, streams });
  const events = await eventsOf(make({}), context);
  expect(events.map(({ step, steps, counts }) => [step, steps, counts !== undefined])).toEqual([
    [0, 4, false],
    [1, 4, false],
    [2, 4, true],
    [3, 4, true],
  ]);
  const rest = await eventsOf(make({}), { ...context, firstStep: 3 });
  expect(rest.map(({ step }) => step)).toEqual([3]);
  setting.parameters.dispose();
});

test('α is 0.1 γ of the epoch unless it is given', async () => {
  const rates: number[] = [];
  for (const options of [{}, { alpha: 0.003 }]) {
    const setting = factors();
    const context = stepContext(setting);
    const freshOptimizer = (name: string, rate: number) => {
      rates.push(rate);
      return context.freshOptimizer(name, rate);
    };
    context.optimizer.learningRate = 0.02; // a schedule's
    await eventsOf(make(options), { ...context, freshOptimizer });
    setting.parameters.dispose();
  }
  expect(new Set(rates)).toEqual(new Set([0.002, 0.003]));
});

test('options: α > 0, a share in (0, 1); α ≥ γ is told', () => {
  expect(() => make({ alpha: 0 })).toThrow('alpha: must be > 0 (Algorithm 1), got 0');
  expect(() => make({ alpha: -1 })).toThrow('alpha: must be > 0 (Algorithm 1), got -1');
  expect(() => make({ holdOut: 0 })).toThrow('holdOut: must be in (0, 1) (Algorithm 1), got 0');
  expect(make({ alpha: 0.01 }, 0.1).warnings).toEqual([]);
  expect(make({}, 0.1).warnings).toEqual([]);
  expect(make({ alpha: 0.1 }, 0.1).warnings).toEqual([
    'step ig: alpha 0.1 is not below gamma, the learning rate 0.1: candidates may outweigh the labelled steps (Lin et al. 2024, §3.2.3)',
  ]);
});
