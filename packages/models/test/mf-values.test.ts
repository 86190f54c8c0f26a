import { useEngine } from '@losslab/backend';
import { type Batch, dataFacts, idMatrix, parseOptions, type StepModel } from '@losslab/core';
import { mf } from '@losslab/models';
import { addMatchers, eachEngine, smallInteractions } from '@losslab/testkit';
import { describe, expect, test } from 'vitest';

addMatchers();
const train = smallInteractions({ userCount: 3, itemCount: 4 });

function make(options: object, changes: { seed?: number; users?: number[][]; items?: number[][] } = {}): StepModel {
  const { seed = 1, users, items } = changes;
  const context = { facts: dataFacts(train), train, seed };
  const model = mf.create(parseOptions(mf.options, options, 'model mf'), context) as StepModel;
  if (users && items) {
    const array = (rows: number[][]): object => ({ shape: [rows.length, 2], data: Float32Array.from(rows.flat()) });
    model.parameters.load({ users: array(users), items: array(items) } as never);
  }
  return model;
}

const users = [
  [3, 4],
  [0, 0],
  [1, -1],
]; // norms 5, 0, √2
const items = [
  [1, 0],
  [0, 2],
  [-3, 4],
  [1, 1],
]; // norms 1, 2, 5, √2
const ids = (rows: number[][]): Batch['positives'] => idMatrix(Int32Array.from(rows.flat()), rows[0]!.length);
const batch: Batch = {
  epoch: 1,
  step: 0,
  users: Int32Array.of(0, 1, 2),
  positives: ids([[2], [0], [3]]),
  negatives: ids([
    [0, 1],
    [1, 1],
    [2, 2],
  ]),
};
const atRest = { training: false, seed: 1 };

describe('values', () => {
  eachEngine(['simd', 'cpu'], () => {
    test('inner products', () => {
      const { positive, negative } = make({ dimension: 2 }, { users, items }).score(batch, atRest);
      expect([...positive.dataSync()]).toEqual([3 * -3 + 4 * 4, 0, 1 - 1]);
      expect([...negative.dataSync()]).toEqual([3, 4 * 2, 0, 0, -3 - 4, -3 - 4]);
    });

    test('cosines; a user of zeros scores 0', () => {
      const model = make({ dimension: 2, similarity: 'cosine' }, { users, items });
      const { positive, negative } = model.score(batch, atRest);
      expect(positive.dataSync()).toBeCloseToArray([7 / 25, 0, 0], { absolute: 1e-6 });
      const expected = [3 / 5, 8 / 10, 0, 0, -7 / (5 * Math.SQRT2), -7 / (5 * Math.SQRT2)];
      expect(negative.dataSync()).toBeCloseToArray(expected, { absolute: 1e-6 });
    });

    test('the penalty: λ/2 of the squared norms of raw rows, each as often as it occurs, over B', () => {
      const model = make({ dimension: 2, similarity: 'cosine', l2: 0.1 }, { users, items });
      const positives = 25 + 1 + 2;
      const negatives = 1 + 4 + 4 + 4 + 25 + 25;
      const expected = ((0.1 / 2) * (25 + 0 + 2 + positives + negatives)) / 3;
      expect(model.penalty!(batch).dataSync()[0]).toBeCloseTo(expected, 5);
      const inBatch = ((0.1 / 2) * (25 + 0 + 2 + positives)) / 3;
      expect(model.penalty!({ ...batch, negatives: 'in-batch' }).dataSync()[0]).toBeCloseTo(inBatch, 5);
      const labelled = { users: Int32Array.of(0), items: Int32Array.of(1), labels: Float32Array.of(1) };
      const withLabels = ((0.1 / 2) * (25 + 0 + 2 + positives + negatives + 25 + 4)) / 4;
      expect(model.penalty!({ ...batch, labelled }).dataSync()[0]).toBeCloseTo(withLabels, 5);
    });

    test('dropout: entries of the user vector, doubled or gone at one half, alike for positives and negatives', () => {
      const ones = {
        users: [
          [1, 1],
          [1, 1],
          [1, 1],
        ],
        items: [
          [1, 0],
          [0, 1],
          [1, 0],
          [0, 1],
        ],
      }; // a score is an entry
      const model = make({ dimension: 2, dropout: 0.5 }, ones);
      const { positive, negative } = model.score(
        {
          ...batch,
          positives: ids([
            [0, 1],
            [0, 1],
            [0, 1],
          ]),
          negatives: ids([
            [2, 3],
            [2, 3],
            [2, 3],
          ]),
        },
        { training: true, seed: 3 },
      );
      expect([...positive.dataSync()].every((s) => s === 0 || s === 2)).toBe(true);
      expect(negative.dataSync()).toEqual(positive.dataSync());
    });

    test('in-batch: the other rows’ observed positives, in row order; none in a batch of one row', () => {
      const model = make({ dimension: 2 }, { users, items });
      const negative = (b: Batch): number[] => [
        ...model.score({ ...b, negatives: 'in-batch' }, atRest).negative.dataSync(),
      ];
      expect(negative(batch)).toEqual([3, 3 + 4, 0, 0, -3 - 4, 1]);
      const alone = { ...batch, users: Int32Array.of(0), positives: ids([[2]]) };
      expect(negative(alone)).toEqual([]);
    });

    test('dropout in-batch: one mask a row, for its positives and its negatives', () => {
      const ones = {
        users: [
          [1, 1],
          [1, 1],
          [1, 1],
        ],
        items: [
          [1, 0],
          [1, 0],
          [1, 0],
          [0, 1],
        ],
      };
      const model = make({ dimension: 2, dropout: 0.5 }, ones);
      const same = { ...batch, positives: ids([[0], [1], [2]]), negatives: 'in-batch' } as const;
      const { positive, negative } = model.score(same, { training: true, seed: 2 });
      const [s, t] = [positive.dataSync(), negative.dataSync()];
      expect([...t]).toEqual([s[0], s[0], s[1], s[1], s[2], s[2]]);
    });

    test('without λ there is no penalty', () => {
      expect(make({ dimension: 2 }).penalty).toBeUndefined();
    });
  });
});

describe('the start', async () => {
  await useEngine('simd');
  const big = smallInteractions({ userCount: 400, itemCount: 100 });
  const start = (options: object): number[] => {
    const context = { facts: dataFacts(big), train: big, seed: 1 };
    const model = mf.create(parseOptions(mf.options, { dimension: 50, ...options }, 'model mf'), context) as StepModel;
    return [...model.parameters.arrays().users!.data];
  };
  const deviation = (values: number[]): number => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);

  test('xavierUniform: within ±√(6/(rows + D)), with its deviation', () => {
    const limit = Math.sqrt(6 / 450);
    const values = start({ initialiser: 'xavierUniform' });
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(limit);
    expect(deviation(values) / (limit / Math.sqrt(3))).toBeCloseTo(1, 1);
  });

  test('xavierNormal and normal: their deviations', () => {
    expect(deviation(start({ initialiser: 'xavierNormal' })) / Math.sqrt(2 / 450)).toBeCloseTo(1, 1);
    expect(deviation(start({ initialiser: 'normal', deviation: 0.02 })) / 0.02).toBeCloseTo(1, 1);
  });
});

describe('uniform', () => {
  const arraysOf = (options: object) => make({ dimension: 64, initialiser: 'uniform', ...options }).parameters.arrays();

  test('fills [0, 1/√D) without ranges', () => {
    for (const { data } of Object.values(arraysOf({}))) {
      const [least, most] = [Math.min(...data), Math.max(...data)];
      expect(least).toBeGreaterThanOrEqual(0);
      expect(least).toBeLessThan(0.02);
      expect(most).toBeLessThan(1 / 8);
      expect(most).toBeGreaterThan(1 / 8 - 0.02);
    }
  });

  test('fills the ranges of users and items, downwards too', () => {
    const { users, items } = arraysOf({ userRange: [1, 2], itemRange: [0, -3] });
    expect(users!.data.every((x) => x >= 1 && x < 2)).toBe(true);
    expect(items!.data.every((x) => x > -3 && x <= 0)).toBe(true);
    expect(Math.min(...items!.data)).toBeLessThan(-2.9);
  });
});
