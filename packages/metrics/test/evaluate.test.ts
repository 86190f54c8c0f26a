import type { RankingMetric } from '@losslab/core';
import { describe, expect, test } from 'vitest';
import { evaluate, usualMetrics } from '../src/index.ts';
import { fromLists, randomInteractions, scoreRanker, scoresOf, tiedFactors } from './helpers.ts';
import { naive, naiveRankings } from './naive.ts';

describe.each([1, 2, 3])('random data %i', (seed) => {
  const [userCount, itemCount, at] = [35, 50, [1, 5, 20, 50]];
  const ranker = tiedFactors(userCount, itemCount, 4, seed);
  const train = randomInteractions(userCount, itemCount, 0.2, seed);
  const valid = randomInteractions(userCount, itemCount, 0.1, seed + 10);
  const held = randomInteractions(userCount, itemCount, 0.1, seed + 20);

  test.each([undefined, valid])('every metric agrees with a full sort in float64', (masked) => {
    const evaluation = evaluate({ ranker, train, ...(masked && { valid: masked }), test: held, at });
    const users = naiveRankings(scoresOf(ranker), masked ? [train, masked] : [train], held);
    expect(Object.keys(evaluation.metrics)).toHaveLength(at.length * 7);
    expect([...evaluation.users]).toEqual([...users.keys()]);
    expect(evaluation.evaluatedUserCount).toBe(users.size);
    expect(evaluation.leftOutUserCount).toBe(userCount - users.size);
    for (const [name, value] of Object.entries(naive)) {
      for (const k of at) {
        const expected = [...users.values()].map((user) => value(user, k));
        const got = evaluation.values[`${name}@${k}`]!;
        for (const [row, number] of expected.entries()) expect(got[row]).toBeCloseTo(number, 13);
        const mean = expected.reduce((a, b) => a + b, 0) / expected.length;
        expect(evaluation.metrics[`${name}@${k}`]).toBeCloseTo(mean, 13);
      }
    }
  });
});

// Two users of four items; user 2 has no test items.
const ranker = scoreRanker(4, [
  [4, 3, 2, 1],
  [1, 2, 3, 4],
  [0, 0, 0, 0],
]);
const train = fromLists(4, [[0], [], [1]]);
const held = fromLists(4, [[1, 3], [0], []]);

test('by hand: lists 1 2 3 and 3 2 1 0', () => {
  const {
    metrics: got,
    values,
    definitions,
  } = evaluate({ ranker, train, test: held, at: [1, 3], metrics: ['recall', 'hr', 'mrr'] });
  expect(got).toEqual({
    'recall@1': (1 / 2 + 0) / 2,
    'hr@1': (1 + 0) / 2,
    'mrr@1': (1 + 0) / 2,
    'recall@3': (2 / 2 + 0) / 2,
    'hr@3': (1 + 0) / 2,
    'mrr@3': (1 + 0) / 2,
  });
  expect([...values['recall@3']!]).toEqual([1, 0]);
  expect(Object.keys(definitions)).toEqual(['recall', 'hr', 'mrr']);
});

test('options, and a metric of one’s own', () => {
  const misses: RankingMetric = {
    name: 'misses',
    definition: 'k − hits',
    value: ({ hits }, k) => k - hits.subarray(0, k).filter(Boolean).length,
  };
  const { metrics: got, definitions } = evaluate({
    ranker,
    train,
    test: held,
    at: [3],
    metrics: [{ name: 'recall', over: 'k' }, misses],
  });
  expect(got).toEqual({ 'recall@3': (2 / 3 + 0) / 2, 'misses@3': (1 + 3) / 2 });
  expect(definitions).toEqual({ recall: 'hits / k, n held-out items', misses: 'k − hits' });
});

test('all metrics and usual cut-offs by default', () => {
  const many = tiedFactors(3, 30, 2, 1);
  const evaluation = evaluate({
    ranker: many,
    train: fromLists(30, [[], [], []]),
    test: fromLists(30, [[1], [2], [3]]),
  });
  expect(Object.keys(evaluation.metrics)).toEqual(
    [5, 10, 20].flatMap((k) => usualMetrics.map((name) => `${name}@${k}`)),
  );
});

test('what is wrong is said before anything is ranked', () => {
  const untouched = { ...ranker, score: () => expect.unreachable() };
  const run = (changes: object) => () => evaluate({ ranker: untouched, train, test: held, at: [1], ...changes });
  expect(run({ at: [1, 5] })).toThrow(
    '[metrics] expected k in [1, 4], got 5; the catalogue has no more items; lower k',
  );
  expect(run({ at: [] })).toThrow('[metrics] expected a cut-off, got none; pass at: [20]');
  expect(run({ metrics: ['recal'] })).toThrow('did you mean "recall"?');
  expect(run({ metrics: ['recall', { name: 'recall', over: 'k' }] })).toThrow(
    '[metrics] expected metrics of different names, got recall twice; rename one: { ...metric, name }',
  );
  expect(run({ test: fromLists(4, [[], [], []]) })).toThrow('[metrics] expected a user with test items, got none');
});
