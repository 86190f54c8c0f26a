import { dataFacts, type FittedModel, type Interactions, interactionsFromTable, itemsOf } from '@losslab/core';
import { ials } from '@losslab/models';
import { smallInteractions, testModel } from '@losslab/testkit';
import { describe, expect, test } from 'vitest';
import { type IalsOptions, ialsOptions } from '../src/ials/options.ts';
import { dense, solveNaively } from './dense.ts';

testModel(ials, {
  options: { dimension: 32, lambda: 0.001, alpha0: 0.05 },
  refuses: [
    [{ alpha0: -1 }, 'alpha0: must be >= 0 (eq. 23), got -1'],
    [{ lambda: 0 }, 'lambda: must be > 0 (eq. 23), got 0'],
    [{ nu: -1 }, 'nu: must be >= 0 (eq. 23), got -1'],
    [{ K: -1 }, 'K: must be >= 0 (eq. 5), got -1'],
    [{ alpha: -1 }, 'alpha: must be >= 0 (eq. 5), got -1'],
    [{ debiased: 'yes' }, 'debiased: '],
  ],
});

const train = smallInteractions();
const x = dense(train);
const D = 5;

function makeIals(given: object, data: Interactions = train): FittedModel {
  const options = ialsOptions.parse({ dimension: D, alpha0: 0.3, lambda: 0.02, ...given });
  return ials.create(options, { facts: dataFacts(data), train: data, seed: 3 }) as FittedModel;
}

const rowsOf = ({ data }: { data: ArrayLike<number> }): number[][] =>
  Array.from({ length: data.length / D }, (_, r) => Array.from({ length: D }, (_, d) => data[r * D + d]!));

const factorsOf = (model: FittedModel) => {
  const { users, items } = model.arrays();
  return { users: rowsOf(users!), items: rowsOf(items!) };
};

/** c_u as the objective has it: |I| τ_u⁺ / |I_u⁺|. */
function confidence({ debiased, K, alpha }: IalsOptions, user: number): number {
  const known = itemsOf(train, user).length;
  if (debiased === 'no' || known === 0) return 1;
  const tau = debiased === 'top-k' ? (known + K) / train.itemCount : ((1 + alpha) * known) / train.itemCount;
  return (train.itemCount * tau) / known;
}

/** Eq. 23, or its debiased form, as a double loop over all pairs. */
function objective(users: number[][], items: number[][], options: IalsOptions): number {
  const { alpha0, lambda, nu, debiased } = options;
  const squared = (v: number[]): number => v.reduce((sum, value) => sum + value * value, 0);
  let total = 0;
  x.forEach((row, u) => {
    row.forEach((known, i) => {
      const y = users[u]!.reduce((sum, w, d) => sum + w * items[i]![d]!, 0);
      const c = confidence(options, u);
      if (known) total += debiased === 'no' ? (y - 1) ** 2 : c * ((y - 1) ** 2 - alpha0 * y * y);
      total += alpha0 * y * y;
    });
  });
  users.forEach((w, u) => {
    total += lambda * (itemsOf(train, u).length + alpha0 * items.length) ** nu * squared(w);
  });
  items.forEach((h, i) => {
    total += lambda * (x.filter((row) => row[i]).length + alpha0 * users.length) ** nu * squared(h);
  });
  return total;
}

const variants = [
  {},
  { nu: 0 },
  { alpha0: 2 },
  { debiased: 'proportional', alpha: 0.5 },
  { debiased: 'top-k', K: 3 },
  { debiased: 'top-k', K: 3, alpha0: 1.2 },
];

describe.each(variants)('the objective of %o', (given) => {
  const options = ialsOptions.parse({ dimension: D, alpha0: 0.3, lambda: 0.02, ...given });

  test('has no slope in the item vectors after an iteration', async () => {
    const model = makeIals({ ...given, iterations: 3 });
    await model.fit(train);
    const { users, items } = factorsOf(model);
    for (const [i, item] of items.entries()) {
      for (let d = 0; d < D; d++) {
        const at = (shift: number): number => objective(users, items.with(i, item.with(d, item[d]! + shift)), options);
        expect((at(1e-4) - at(-1e-4)) / 2e-4).toBeCloseTo(0, 4);
      }
    }
  });

  test('falls with every iteration', async () => {
    const values: number[] = [];
    for (let iterations = 1; iterations <= 6; iterations++) {
      const model = makeIals({ ...given, iterations });
      await model.fit(train);
      const { users, items } = factorsOf(model);
      values.push(objective(users, items, options));
    }
    for (let k = 1; k < values.length; k++) expect(values[k]).toBeLessThan(values[k - 1]! * (1 + 1e-6));
    expect(values.at(-1)).toBeLessThan(
      objective(factorsOf(makeIals({})).users, factorsOf(makeIals({})).items, options),
    );
  });
});

test('three iterations are those of dense float64 least squares', async () => {
  const model = makeIals({});
  let { items } = factorsOf(model); // where it starts
  let users: number[][] = [];
  const [alpha0, lambda] = [0.3, 0.02];
  const solveRows = (lists: number[][], fixed: number[][]): number[][] =>
    lists.map((list) => {
      const a = Array.from({ length: D }, (_, d) =>
        Array.from({ length: D }, (_, e) => {
          let sum = d === e ? lambda * (list.length + alpha0 * fixed.length) : 0;
          for (const [j, v] of fixed.entries()) sum += (alpha0 + (list.includes(j) ? 1 : 0)) * v[d]! * v[e]!;
          return sum;
        }),
      );
      return solveNaively(
        a,
        Array.from({ length: D }, (_, d) => list.reduce((sum, j) => sum + fixed[j]![d]!, 0)),
      );
    });
  const byUser = x.map((row) => row.flatMap((known, i) => (known ? [i] : [])));
  const byItem = x[0]!.map((_, i) => x.flatMap((row, u) => (row[i] ? [u] : [])));
  for (let iteration = 0; iteration < 3; iteration++) {
    users = solveRows(byUser, items);
    items = solveRows(byItem, users);
  }
  const fitted = makeIals({ iterations: 3 });
  await fitted.fit(train);
  const found = factorsOf(fitted);
  for (const [at, value] of found.users.flat().entries()) expect(value).toBeCloseTo(users.flat()[at]!, 4);
  for (const [at, value] of found.items.flat().entries()) expect(value).toBeCloseTo(items.flat()[at]!, 4);
});

test('users and items without interactions get the zero vector', async () => {
  const model = makeIals({});
  await model.fit(train);
  expect(factorsOf(model).users.at(-1)).toEqual([0, 0, 0, 0, 0]);
  expect(factorsOf(model).items.at(-1)).toEqual([0, 0, 0, 0, 0]);
});

test('refuses, when it is made, a prior that leaves no minimum or no negative', () => {
  expect(() => makeIals({ debiased: 'top-k', K: 15 })).toThrow(
    /^\[models] expected τ_u⁺ in \(0, 1\) \(eq\. 5, top-k\), got 1\.\d+ for user \d+, who has \d+ of 20 items; lower K/,
  );
  expect(() => makeIals({ debiased: 'proportional', alpha: 0.9, alpha0: 4 })).toThrow(
    '[models] expected (1 − α₀) c_u + α₀ >= 0 (debiased iALS), got c_u = 1.9',
  );
  const pairs = { userCount: 1, itemCount: 2, users: Int32Array.of(0, 0), items: Int32Array.of(0, 1) };
  const everything = interactionsFromTable(pairs);
  expect(() => makeIals({ debiased: 'top-k', K: 0 }, everything)).toThrow('who has 2 of 2 items');
});

test('stops when it is asked to', async () => {
  const controller = new AbortController();
  controller.abort();
  await expect(makeIals({ iterations: 1000 }).fit(train, controller.signal)).rejects.toThrow('aborted');
});
