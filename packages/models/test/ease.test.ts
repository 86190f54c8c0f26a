import { dataFacts, type FittedModel, type Interactions, interactionsFromTable } from '@losslab/core';
import { ease } from '@losslab/models';
import { rankerScores, smallInteractions, testModel } from '@losslab/testkit';
import { describe, expect, test } from 'vitest';
import { easeOptions } from '../src/ease/options.ts';
import { dense, solveNaively } from './dense.ts';

testModel(ease, {
  options: { lambda: 5 },
  refuses: [
    [{ lambda: 0 }, 'lambda: must be > 0 (eq. 24), got 0'],
    [{ alpha: 1 }, 'alpha: must be in [0, 1) (eq. 27), got 1'],
    [{ alpha: -0.1 }, 'alpha: must be in [0, 1) (eq. 27), got -0.1'],
  ],
});

const train = smallInteractions();
const x = dense(train);
const n = train.itemCount;

const makeEase = (given: object, data: Interactions = train): FittedModel =>
  ease.create(easeOptions.parse(given), { facts: dataFacts(data), train: data, seed: 1 }) as FittedModel;

async function weightsOf(given: object): Promise<number[][]> {
  const model = makeEase(given);
  await model.fit(train);
  const { data } = model.arrays().weights!;
  return Array.from({ length: n }, (_, j) => Array.from({ length: n }, (_, i) => data[j * n + i]!));
}

/** (XW)_ui. */
const product = (w: readonly number[][]): number[][] =>
  x.map((row) => w[0]!.map((_, i) => row.reduce((sum, known, j) => sum + known * w[j]![i]!, 0)));

const squares = (matrix: readonly number[][]): number => matrix.flat().reduce((sum, value) => sum + value * value, 0);

/**
 * Column i of the W that minimises ‖x_i − XW_i‖² − α‖XW_i‖² + λ‖W_i‖² with W_ii = 0, each column a regression on all items but i:
 * no inverse, no closed form.
 */
function regression(i: number, lambda: number, alpha: number): number[] {
  const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
  const together = (j: number, k: number): number => x.filter((row) => row[j] && row[k]).length;
  const a = others.map((j) => others.map((k) => (1 - alpha) * together(j, k) + (j === k ? lambda : 0)));
  return solveNaively(
    a,
    others.map((j) => together(j, i)),
  ).toSpliced(i, 0, 0);
}

describe.each([
  { lambda: 5, alpha: 0 },
  { lambda: 0.5, alpha: 0 },
  { lambda: 5, alpha: 0.4 },
  { lambda: 2, alpha: 0.9 },
])('with %o', ({ lambda, alpha }) => {
  test('each column is the regression of its item on all others', async () => {
    const w = await weightsOf({ lambda, alpha });
    for (let i = 0; i < n; i++) {
      const column = regression(i, lambda, alpha);
      for (let j = 0; j < n; j++) expect(w[j]![i]).toBeCloseTo(column[j]!, 4);
    }
  });
});

describe('debiased EASE', () => {
  const c = 1.8;
  const alpha = 1 - 1 / c;

  /** Σ_u [ Σ_{i∈I_u⁺} c (ŷ − 1)² − c ŷ² + Σ_i ŷ² ], the debiased MSE of §3.2 with λ = 1. */
  const debiasedMse = (w: readonly number[][]): number =>
    product(w)
      .flatMap((row, u) => row.map((y, i) => y * y + (x[u]![i] ? c * (y - 1) ** 2 - c * y * y : 0)))
      .reduce((sum, value) => sum + value, 0);

  test('eq. 26 holds with α = 1 − 1/c, times c: the paper’s c − 1 is another', async () => {
    const w = await weightsOf({ lambda: 3 });
    const y = product(w);
    const eq26 = (a: number): number =>
      squares(x.map((row, u) => row.map((known, i) => known - y[u]![i]!))) - a * squares(y);
    expect(c * eq26(alpha)).toBeCloseTo(debiasedMse(w), 3);
    expect(Math.abs(c * eq26(c - 1) - debiasedMse(w))).toBeGreaterThan(1);
  });

  test('Theorem 2: eq. 27 is EASE with λ/(1 − α), times 1/(1 − α)', async () => {
    const debiased = await weightsOf({ lambda: 3, alpha });
    const plain = await weightsOf({ lambda: 3 / (1 - alpha) });
    debiased.flat().forEach((weight, at) => {
      expect(weight).toBeCloseTo(plain.flat()[at]! / (1 - alpha), 5);
    });
  });

  test('with λ divided by c as the loss is, it is c times EASE with the same λ: it ranks alike', async () => {
    const debiased = await weightsOf({ lambda: 3 / c, alpha });
    const plain = await weightsOf({ lambda: 3 });
    debiased.flat().forEach((weight, at) => {
      expect(weight).toBeCloseTo(c * plain.flat()[at]!, 5);
    });
  });
});

test('a user’s scores are the sums of the rows of the training items', async () => {
  const model = makeEase({ lambda: 5 });
  await model.fit(train);
  const expected = product(await weightsOf({ lambda: 5 }));
  const ranker = model.ranker();
  for (let u = 0; u < train.userCount; u++) {
    rankerScores(ranker, u).forEach((score, i) => {
      expect(score).toBeCloseTo(expected[u]![i]!, 5);
    });
  }
  ranker.dispose();
  expect(() => rankerScores(ranker, 0)).toThrow('got a disposed one');
});

test('refuses more than 20,000 items before anything is computed', () => {
  const pairs = { userCount: 1, itemCount: 40_981, users: Int32Array.of(0), items: Int32Array.of(0) };
  expect(() => makeEase({}, interactionsFromTable(pairs))).toThrow(
    '[models] expected at most 20,000 items for ease, got 40,981, whose matrix takes 6.7 GB; take ials, or fewer items',
  );
});

test('refuses a λ that is lost in float32', async () => {
  const pairs = Array.from({ length: 3000 }, (_, k) => k);
  const alike = interactionsFromTable({
    userCount: 1000,
    itemCount: 3,
    users: Int32Array.from(pairs, (k) => Math.floor(k / 3)),
    items: Int32Array.from(pairs, (k) => k % 3),
  });
  await expect(makeEase({ lambda: 1e-6 }, alike).fit(alike)).rejects.toThrow(
    /expected a lambda with which float32 can invert XᵀX \+ λI \(eq\. 24\), got 0\.000001: .*; raise lambda/,
  );
});
