import { type FactorRanker, interactionsFromTable, type LabelledPairs, type ScoreRanker } from '@losslab/core';
import { Random } from '@losslab/kernels';
import { compareEvaluations, evaluate, parseMetricAt } from '@losslab/metrics';
import { describe, expect, test } from 'vitest';

/** From the definitions, in float64, by comparing every two pairs and sorting every list. */
interface Pair {
  readonly user: number;
  readonly item: number;
  readonly label: number;
  readonly score: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

function naiveAuc(pairs: readonly Pair[]): number {
  const [liked, disliked] = [1, 0].map((label) => pairs.filter((pair) => pair.label === label));
  return mean(liked!.flatMap((a) => disliked!.map((b) => (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0))));
}

function byUser(pairs: readonly Pair[]): Pair[][] {
  const users = [...new Set(pairs.map(({ user }) => user))];
  const all = users.map((user) => pairs.filter((pair) => pair.user === user));
  return all.filter((mine) => new Set(mine.map(({ label }) => label)).size === 2);
}

const ranked = (pairs: readonly Pair[]): Pair[] => pairs.toSorted((a, b) => b.score - a.score || a.item - b.item);

function naiveNdcg(pairs: readonly Pair[], k: number): number {
  const gain = (labels: number[]): number =>
    labels.slice(0, k).reduce((sum, label, rank) => sum + (label * Math.LN2) / Math.log(rank + 2), 0);
  const labels = ranked(pairs).map(({ label }) => label);
  return gain(labels) / gain(labels.toSorted((a, b) => b - a));
}

const sizes = { userCount: 12, itemCount: 20 };

function randomPairs(seed: number): LabelledPairs {
  const random = new Random({ seed });
  const rows = Array.from({ length: sizes.userCount * 9 }, (_, k) => [Math.floor(k / 9), (7 * k) % sizes.itemCount]);
  return {
    users: Int32Array.from(rows, ([user]) => user!),
    items: Int32Array.from(rows, ([, item]) => item!),
    labels: Float32Array.from(rows, ([user]) => (user! < 2 ? user! : Number(random.float() < 0.6))), // users 0, 1: one class
  };
}

/** Whole-numbered scores: many ties. */
function randomRanker(seed: number): ScoreRanker {
  const random = new Random({ seed, stream: 1 });
  const all = Array.from({ length: sizes.userCount }, () =>
    Float32Array.from({ length: sizes.itemCount }, () => random.int(7) - 3),
  );
  return {
    kind: 'scores',
    ...sizes,
    score(users, out) {
      for (const [row, user] of users.entries()) out.set(all[user]!, row * sizes.itemCount);
    },
    dispose: () => undefined,
  };
}

function withScores({ users, items, labels }: LabelledPairs, ranker: ScoreRanker): Pair[] {
  const row = new Float32Array(sizes.itemCount);
  return Array.from(users, (user, at) => {
    ranker.score(Int32Array.of(user), row);
    return { user, item: items[at]!, label: labels[at]!, score: row[items[at]!]! };
  });
}

const train = interactionsFromTable({ ...sizes, users: Int32Array.of(0), items: Int32Array.of(0) });
const test1 = interactionsFromTable({ ...sizes, users: Int32Array.of(0, 3), items: Int32Array.of(1, 2) });
const all = ['auc', 'gauc', 'labelled-ndcg', 'labelled-mrr', 'label-likelihood'];

describe.each([1, 2, 3, 4])('random labels and tied scores, seed %i', (seed) => {
  const [pairs, ranker] = [randomPairs(seed), randomRanker(seed)];
  const scored = withScores(pairs, ranker);
  const users = byUser(scored);
  const measured = evaluate({ ranker, train, test: test1, pairs, at: [2, 10], metrics: all });

  test('AUC compares every liked pair with every disliked one', () => {
    expect(measured.metrics.auc).toBeCloseTo(naiveAuc(scored), 10);
  });

  test('GAUC is the mean over users with both labels; the others are counted', () => {
    expect(measured.metrics.gauc).toBeCloseTo(mean(users.map(naiveAuc)), 10);
    expect(measured.labelled).toEqual({ pairs: 108, userCount: users.length, oneClassUserCount: 12 - users.length });
    expect(12 - users.length).toBeGreaterThanOrEqual(2);
  });

  test('GAUC weighted by pairs', () => {
    const metrics = [{ name: 'gauc', weight: 'pairs' }];
    const { gauc } = evaluate({ ranker, train, test: test1, pairs, metrics }).metrics;
    const weighted = users.map((mine) => mine.length * naiveAuc(mine));
    expect(gauc).toBeCloseTo(mean(weighted) / mean(users.map((mine) => mine.length)), 10);
  });

  test('NDCG@k of labelled pairs, k over and under their number', () => {
    for (const k of [2, 10]) {
      expect(measured.metrics[`labelled-ndcg@${k}`]).toBeCloseTo(mean(users.map((mine) => naiveNdcg(mine, k))), 10);
    }
  });

  test('MRR, of the first liked pair and of all', () => {
    const ranks = users.map((mine) => ranked(mine).flatMap(({ label }, at) => (label === 1 ? [1 / (at + 1)] : [])));
    expect(measured.metrics['labelled-mrr']).toBeCloseTo(mean(ranks.map(([first]) => first!)), 10);
    const over = evaluate({
      ranker,
      train,
      test: test1,
      pairs,
      metrics: [{ name: 'labelled-mrr', over: 'positives' }],
    });
    expect(over.metrics['labelled-mrr']).toBeCloseTo(mean(ranks.map(mean)), 10);
  });

  test('values user by user have the metric as their mean, in the order of the users', () => {
    expect([...measured.users]).toEqual(users.map(([pair]) => pair!.user));
    expect(Object.keys(measured.values).sort()).toEqual([
      'gauc',
      'labelled-mrr',
      'labelled-ndcg@10',
      'labelled-ndcg@2',
    ]);
    users.forEach((mine, row) => {
      expect(measured.values.gauc![row]).toBeCloseTo(naiveAuc(mine), 10);
      expect(measured.values['labelled-ndcg@2']![row]).toBeCloseTo(naiveNdcg(mine, 2), 10);
    });
    for (const [name, values] of Object.entries(measured.values)) {
      expect(measured.metrics[name]).toBeCloseTo(mean([...values]), 10);
    }
  });

  test('beside metrics of all items they are of the users with test items, NaN without both labels, and are compared without these', () => {
    const test = interactionsFromTable({
      ...sizes,
      users: Int32Array.from(Array(12).keys()),
      items: new Int32Array(12).fill(19),
    });
    const of = (at: ScoreRanker) => evaluate({ ranker: at, train, test, pairs, at: [2], metrics: ['recall', 'gauc'] });
    const both = of(ranker);
    expect([...both.users]).toEqual([...Array(12).keys()]);
    const expected = [...both.users].map((user) => measured.values.gauc![measured.users.indexOf(user)] ?? Number.NaN);
    expect([...both.values.gauc!]).toEqual(expected);
    const compared = compareEvaluations(both, of(randomRanker(seed + 10)));
    expect(compared.gauc!.tTest.n).toBe(users.length);
    expect(compared['recall@2']!.tTest.n).toBe(12);
  });

  test('likelihood of the labels: the cross-entropy with its sign turned', () => {
    const logs = scored.map(({ label, score }) => Math.log(1 / (1 + Math.exp(label === 1 ? -score : score))));
    expect(measured.metrics['label-likelihood']).toBeCloseTo(mean(logs), 6);
  });
});

test('by hand: two users, one pair out of order', () => {
  const pairs = {
    users: Int32Array.of(0, 0, 0, 1, 1, 2),
    items: Int32Array.of(0, 1, 2, 0, 1, 0),
    labels: Float32Array.of(1, 0, 1, 0, 1, 1),
  };
  const ranker: FactorRanker = {
    kind: 'factors',
    userCount: 3,
    itemCount: 3,
    dimension: 1,
    users: Float32Array.of(1, 2, 3),
    items: Float32Array.of(3, 2, 1),
    dispose: () => undefined,
  };
  const parts = interactionsFromTable({ userCount: 3, itemCount: 3, users: Int32Array.of(0), items: Int32Array.of(0) });
  const { metrics, evaluatedUserCount, leftOutUserCount } = evaluate({
    ranker, // scores 3 2 1, 6 4, 9
    train: parts,
    test: parts,
    pairs,
    at: [1],
    metrics: ['auc', 'gauc', 'labelled-ndcg', 'labelled-mrr'],
  });
  expect(metrics).toEqual({
    auc: (1 + 0 + 0 + 0 + 1 + 1 + 0 + 1) / 8, // liked 3 1 4 9 against 2, then against 6, with 4 > 2
    gauc: (0.5 + 0) / 2,
    'labelled-ndcg@1': (1 + 0) / 2,
    'labelled-mrr': (1 + 1 / 2) / 2,
  });
  expect([evaluatedUserCount, leftOutUserCount]).toEqual([2, 1]);
});

test('a model that scores pairs by itself is asked for these alone', () => {
  const [pairs, ranker] = [randomPairs(5), randomRanker(5)];
  const expected = evaluate({ ranker, train, test: test1, pairs, metrics: ['auc'] }).metrics;
  const scores = Float32Array.from(withScores(pairs, ranker), ({ score }) => score);
  const own: ScoreRanker = {
    ...ranker,
    pairs: () => scores,
    score: () => expect.fail('ranked a whole row'),
  };
  expect(evaluate({ ranker: own, train, test: test1, pairs, metrics: ['auc'] }).metrics).toEqual(expected);
});

test('metrics of both kinds stand side by side', () => {
  const [pairs, ranker] = [randomPairs(6), randomRanker(6)];
  const { metrics, labelled } = evaluate({ ranker, train, test: test1, pairs, at: [3], metrics: ['recall', 'auc'] });
  expect(Object.keys(metrics)).toEqual(['recall@3', 'auc']);
  expect(labelled!.pairs).toBe(108);
});

describe('refuses', () => {
  const ranker = randomRanker(1);
  const options = { ranker, train, test: test1, metrics: ['auc'] };

  test('metrics of labelled pairs without any', () => {
    expect(() => evaluate(options)).toThrow(
      '[metrics] expected labelled pairs for auc, got none; evaluate on data with labels',
    );
  });

  test('labels of one class', () => {
    const pairs = { ...randomPairs(1), labels: new Float32Array(108).fill(1) };
    expect(() => evaluate({ ...options, pairs })).toThrow(
      '[metrics] expected labelled pairs of both labels, 0 and 1, got 108 of label 1; choose other data or another rule of labels',
    );
  });

  test('a score that is NaN', () => {
    const nan: ScoreRanker = { ...ranker, pairs: (users) => new Float32Array(users.length).fill(Number.NaN) };
    expect(() => evaluate({ ...options, ranker: nan, pairs: randomPairs(1) })).toThrow('expected a score for user 0');
  });

  test('a cut-off where there is none', () => {
    expect(parseMetricAt('auc')).toEqual({ name: 'auc' });
    expect(() => parseMetricAt('auc@10')).toThrow('[metrics] expected auc without a cut-off, got "auc@10"; write auc');
  });
});
