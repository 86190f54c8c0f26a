import { summarise } from '@losslab/report';
import { describe, expect, test } from 'vitest';
import { bsl, type Claim, judge, publishedValue, type Statement } from '../src/index.ts';

type Numbers = Record<string, number[]>;

const claim = (statement: Statement): Claim => ({
  text: 'a claim',
  source: '§1',
  reading: '',
  datasets: ['d'],
  statement,
});
const verdict = (of: Claim, numbers: Numbers): string => {
  const ours = (dataset: string, method: string) => {
    const values = numbers[`${dataset} ${method}`];
    return values && summarise(values);
  };
  return judge(of, 'd', 'clean', ['recall@20'], ours).verdict;
};

describe('a beats b', () => {
  const beats = claim({ kind: 'beats', better: ['a'], worse: ['b', 'c'] });
  test.each<[string, string, Numbers]>([
    ['all for it', 'holds', { 'd a': [0.2], 'd b': [0.1], 'd c': [0.15] }],
    ['one against it', 'does not hold', { 'd a': [0.2], 'd b': [0.1], 'd c': [0.25] }],
    ['one missing', 'cannot be told', { 'd a': [0.2], 'd b': [0.1] }],
    ['one against it refutes it, whatever is missing', 'does not hold', { 'd a': [0.2], 'd b': [0.3] }],
    ['too close with one seed', 'cannot be told', { 'd a': [0.2], 'd b': [0.1], 'd c': [0.1995] }],
    [
      'a gap within two standard errors',
      'cannot be told',
      { 'd a': [0.2, 0.22], 'd b': [0.1, 0.1], 'd c': [0.19, 0.21] },
    ],
    ['the same gap with less spread', 'holds', { 'd a': [0.2099, 0.2101], 'd b': [0.1, 0.1], 'd c': [0.1999, 0.2001] }],
  ])('%s: %s', (_, expected, numbers) => expect(verdict(beats, numbers)).toBe(expected));

  test('by a margin', () => {
    const by15 = claim({ kind: 'beats', better: ['a'], worse: ['b'], by: 0.15 });
    expect(verdict(by15, { 'd a': [1.2], 'd b': [1] })).toBe('holds');
    expect(verdict(by15, { 'd a': [1.1], 'd b': [1] })).toBe('does not hold');
    expect(verdict(by15, { 'd a': [1.152], 'd b': [1] })).toBe('cannot be told');
  });
});

test('a gains on b what was printed, give or take', () => {
  const gains = claim({ kind: 'gains', better: 'a', worse: 'b', gains: { 'recall@20': 0.16 }, tolerance: 0.05 });
  expect(verdict(gains, { 'd a': [1.19], 'd b': [1] })).toBe('holds');
  expect(verdict(gains, { 'd a': [1.3], 'd b': [1] })).toBe('does not hold');
  expect(verdict(gains, { 'd a': [1.05], 'd b': [1] })).toBe('does not hold');
});

test('a equals b, give or take', () => {
  const equals = claim({ kind: 'equals', one: 'a', other: 'b', within: 0.02 });
  expect(verdict(equals, { 'd a': [1.01], 'd b': [1] })).toBe('holds');
  expect(verdict(equals, { 'd a': [0.95], 'd b': [1] })).toBe('does not hold');
});

test('the evidence has the numbers that decided', () => {
  const of = claim({ kind: 'beats', better: ['a'], worse: ['b'] });
  const ours = (_: string, method: string) => summarise([method === 'a' ? 0.1 : 0.2]);
  expect(judge(of, 'd', 'paper', ['recall@20'], ours).evidence).toBe('recall@20: a 0.1000, b 0.2000 (−50.0 %)');
});

test("judged by the paper's own table, its claims on MF hold", () => {
  const columns: Record<string, string> = { 'ml-1m-bsl': 'Movielens-1M', gowalla: 'Gowalla', yelp2018: 'Yelp2018' };
  const rows: Record<string, string> = { bpr: 'BPR', bce: 'BCE', mse: 'MSE', sl: 'SL', bsl: 'BSL' };
  const ours = (dataset: string, method: string, metric: string) => {
    const column = `${columns[dataset]} ${metric === 'recall@20' ? 'Recall@20' : 'NDCG@20'}`;
    const value = rows[method] && publishedValue(bsl.published, 'II', `MF + ${rows[method]}`, column);
    return value === undefined || value === '' ? undefined : summarise([value]);
  };
  const metrics = ['recall@20', 'ndcg@20'];
  const verdicts = bsl.claims.map((c) =>
    c.datasets.map((dataset) => judge(c, dataset, 'paper', metrics, ours).verdict),
  );
  const thrice = (v: string) => [v, v, v];
  expect(verdicts).toEqual([
    thrice('holds'),
    thrice('holds'),
    ['holds'],
    ['holds'],
    ['holds'],
    thrice('cannot be told'), // eq. 18 as printed is not in the table
  ]);
});

test('of many numbers that speak for a claim the closest is shown', () => {
  const of = claim({ kind: 'beats', better: ['a'], worse: ['b', 'c', 'd'] });
  const values: Record<string, number> = { a: 0.2, b: 0.1, c: 0.19, d: 0.15 };
  const ours = (_: string, method: string) => summarise([values[method]!]);
  expect(judge(of, 'd', 'paper', ['recall@20'], ours).evidence).toBe('closest: recall@20: a 0.2000, c 0.1900 (+5.3 %)');
});
