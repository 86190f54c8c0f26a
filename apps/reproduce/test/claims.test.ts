import { summarise } from '@losslab/report';
import { describe, expect, test } from 'vitest';
import { bsl, type Claim, judge, type Measure, type Ours, publishedValue, type Statement } from '../src/index.ts';

type Numbers = Record<string, number[]>;

const claim = (statement: Statement): Claim => ({
  text: 'a claim',
  source: '§1',
  reading: '',
  datasets: ['d'],
  statement,
});
const verdict = (of: Claim, numbers: Numbers): string => {
  const ours: Ours = (dataset, method) => {
    const values = numbers[`${dataset} ${method}`];
    return values && measure(values);
  };
  return judge(of, 'clean', { dataset: 'd', metrics: ['recall@20'], points: [[]], ours }).verdict;
};
const measure = (values: number[], isUnfinished = false): Measure => ({ ...summarise(values), isUnfinished });
const evidence = (ours: Ours) => ({ dataset: 'd', metrics: ['recall@20'], points: [[]], ours });

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

  test.each<[string, string, Numbers]>([
    ['both 0', 'cannot be told', { 'd a': [0], 'd b': [0] }],
    ['both 0 with every seed', 'cannot be told', { 'd a': [0, 0], 'd b': [0, 0] }],
    ['above 0', 'holds', { 'd a': [0.1], 'd b': [0] }],
    ['0 with a spread above it', 'cannot be told', { 'd a': [0, 0.4], 'd b': [0, 0] }],
    ['0 with less spread above it', 'holds', { 'd a': [0.39, 0.4], 'd b': [0, 0] }],
    ['negative, nearer to 0', 'holds', { 'd a': [-0.5], 'd b': [-0.6] }],
    ['negative, farther from 0', 'does not hold', { 'd a': [-0.6, -0.61], 'd b': [-0.5, -0.51] }],
    ['negative, too close', 'cannot be told', { 'd a': [-0.5], 'd b': [-0.501] }],
    ['no number', 'cannot be told', { 'd a': [Number.NaN], 'd b': [0.5] }],
    ['infinite', 'cannot be told', { 'd a': [Number.POSITIVE_INFINITY], 'd b': [0.5] }],
  ])('%s: %s', (_, expected, numbers) => {
    expect(verdict(claim({ kind: 'beats', better: ['a'], worse: ['b'] }), numbers)).toBe(expected);
  });

  test('by a margin', () => {
    const by15 = claim({ kind: 'beats', better: ['a'], worse: ['b'], by: 0.15 });
    expect(verdict(by15, { 'd a': [1.2], 'd b': [1] })).toBe('holds');
    expect(verdict(by15, { 'd a': [1.1], 'd b': [1] })).toBe('does not hold');
    expect(verdict(by15, { 'd a': [1.152], 'd b': [1] })).toBe('cannot be told');
    expect(verdict(by15, { 'd a': [-0.8], 'd b': [-1] })).toBe('holds');
    expect(verdict(by15, { 'd a': [-0.9], 'd b': [-1] })).toBe('does not hold');
    expect(verdict(by15, { 'd a': [1], 'd b': [0] })).toBe('cannot be told'); // 15 % of nothing
  });
});

test('the best of several beats b', () => {
  const any = claim({ kind: 'beats', better: ['a', 'b'], worse: ['c'], any: true });
  expect(verdict(any, { 'd a': [0.1], 'd b': [0.3], 'd c': [0.2] })).toBe('holds');
  expect(verdict(any, { 'd a': [0.1], 'd b': [0.15], 'd c': [0.2] })).toBe('does not hold');
  expect(verdict(any, { 'd a': [0.3], 'd c': [0.2] })).toBe('cannot be told'); // b may be the best
});

test('a gains on b what was printed, give or take', () => {
  const gains = claim({ kind: 'gains', better: 'a', worse: 'b', gains: { 'recall@20': 0.16 }, tolerance: 0.05 });
  expect(verdict(gains, { 'd a': [1.19], 'd b': [1] })).toBe('holds');
  expect(verdict(gains, { 'd a': [1.3], 'd b': [1] })).toBe('does not hold');
  expect(verdict(gains, { 'd a': [1.05], 'd b': [1] })).toBe('does not hold');
  expect(verdict(gains, { 'd a': [0.1], 'd b': [0] })).toBe('cannot be told');
});

test('paired, each beats the one at its place alone', () => {
  const statement = { kind: 'beats', better: ['a', 'b'], worse: ['c', 'd'] } as const;
  const numbers = { 'd a': [0.2], 'd b': [0.4], 'd c': [0.1], 'd d': [0.3] };
  expect(verdict(claim(statement), numbers)).toBe('does not hold'); // a is below d
  expect(verdict(claim({ ...statement, paired: true }), numbers)).toBe('holds');
  expect(verdict(claim({ ...statement, paired: true }), { ...numbers, 'd d': [0.5] })).toBe('does not hold');
});

describe('over several metrics', () => {
  const metrics = ['f1@2', 'f1@5', 'f1@20'];
  const told = (statement: Statement, lists: Record<string, number[]>, cut?: string): string => {
    const ours: Ours = (dataset, method, metric) => {
      const value = lists[`${dataset} ${method}`]?.[metrics.indexOf(metric)];
      return value === undefined ? undefined : measure([value], method === cut);
    };
    return judge(claim(statement), 'clean', { ...evidence(ours), metrics }).verdict;
  };

  test.each<[string, Statement, Record<string, number[]>]>([
    ['holds', { kind: 'best metric', methods: ['a'], metric: 'f1@5' }, { 'd a': [1, 2, 1.5] }],
    ['does not hold', { kind: 'best metric', methods: ['a'], metric: 'f1@2' }, { 'd a': [1, 2, 0.5] }],
    [
      'does not hold',
      { kind: 'best metric', methods: ['a', 'b'], metric: 'f1@5' },
      { 'd a': [1, 2, 1], 'd b': [1, 2, 3] },
    ],
    ['cannot be told', { kind: 'best metric', methods: ['a'], metric: 'f1@5' }, { 'd a': [1, 2, 1.995] }],
    ['cannot be told', { kind: 'best metric', methods: ['a'], metric: 'f1@5' }, { 'd a': [1, 2] }],
    ['cannot be told', { kind: 'best metric', methods: ['a'], metric: 'f1@9' }, { 'd a': [1, 2, 1] }],
    ['holds', { kind: 'above on', methods: ['a'], dataset: 'e' }, { 'd a': [2, 2, 2], 'e a': [1, 1, 1] }],
    ['does not hold', { kind: 'above on', methods: ['a'], dataset: 'e' }, { 'd a': [2, 2, 2], 'e a': [1, 3, 1] }],
    ['cannot be told', { kind: 'above on', methods: ['a'], dataset: 'e' }, { 'd a': [2, 2, 2] }],
  ])('%s: %j of %j', (expected, statement, lists) => expect(told(statement, lists)).toBe(expected));

  test('a gains on b at best what was printed, give or take', () => {
    const gains: Statement = { kind: 'gains at best', better: 'a', worse: 'b', gain: 0.2, tolerance: 0.05 };
    expect(told(gains, { 'd a': [1.1, 1.22, 0.9], 'd b': [1, 1, 1] })).toBe('holds');
    expect(told(gains, { 'd a': [1.1, 1.22, 1.3], 'd b': [1, 1, 1] })).toBe('does not hold');
    expect(told(gains, { 'd a': [1.1, 1.1, 0.9], 'd b': [1, 1, 1] })).toBe('does not hold');
    expect(told(gains, { 'd a': [1.1, 1.22], 'd b': [1, 1, 1] })).toBe('cannot be told'); // the third may be more
    expect(told(gains, { 'd a': [1.1, 1.22, 0.9], 'd b': [1, 1, 1] }, 'b')).toBe('cannot be told');
  });

  test('gaps among methods close from one metric to another, as shares of the best', () => {
    const close: Statement = { kind: 'gaps close', methods: ['a', 'b', 'c'], metrics: ['f1@2', 'f1@20'] };
    const narrow = { 'd a': [1, 9, 10], 'd b': [0.8, 0, 9], 'd c': [0.9, 9, 9.5] };
    expect(told(close, narrow)).toBe('holds'); // 20 % to 10 %, though 0.2 to 1
    expect(told(close, { ...narrow, 'd b': [0.8, 0, 7] })).toBe('does not hold');
    expect(told(close, { ...narrow, 'd b': [0.895, 0, 9] })).toBe('cannot be told');
    expect(told(close, { ...narrow, 'd b': [0.8] })).toBe('cannot be told');
    expect(told(close, narrow, 'c')).toBe('cannot be told');
  });
});

test.each<[string, number[]]>([
  ['holds', [0.3, 0.3, 0.1]],
  ['does not hold', [0.3, 0.1, 0.1]],
  ['does not hold', [0.3, 0.3, 0.1, 0.1]], // half is not most
  ['holds', [0.3, 0.3, 0.2]],
  ['cannot be told', [0.3, 0.2, 0.1]],
  ['cannot be told', []],
])('in most cases, %s: above 0.2 of %j', (expected, values) => {
  const ours: Ours = (_, method) => measure([values[Number(method)]!]);
  const above: Statement = { kind: 'above', methods: values.map((_, k) => `${k}`), value: 0.2 };
  expect(judge({ ...claim(above), inMost: true }, 'clean', evidence(ours)).verdict).toBe(expected);
});

test('a equals b, give or take', () => {
  const equals = claim({ kind: 'equals', one: 'a', other: 'b', within: 0.02 });
  expect(verdict(equals, { 'd a': [1.01], 'd b': [1] })).toBe('holds');
  expect(verdict(equals, { 'd a': [0.95], 'd b': [1] })).toBe('does not hold');
});

test.each<[string, Statement, Numbers]>([
  ['holds', { kind: 'above', methods: ['a', 'b'], value: 0.5 }, { 'd a': [0.6], 'd b': [0.55] }],
  ['does not hold', { kind: 'above', methods: ['a', 'b'], value: 0.5 }, { 'd a': [0.6], 'd b': [0.4] }],
  ['cannot be told', { kind: 'above', methods: ['a'], value: 0.5 }, { 'd a': [0.501] }],
  ['cannot be told', { kind: 'above', methods: ['a'], value: 0.5 }, { 'd a': [0.4, 0.7] }],
  ['holds', { kind: 'occurs', methods: ['a'], does: true }, { 'd a': [0, 1] }],
  ['does not hold', { kind: 'occurs', methods: ['a'], does: true }, { 'd a': [0] }],
  ['holds', { kind: 'occurs', methods: ['a'], does: false }, { 'd a': [0, 0] }],
  ['does not hold', { kind: 'occurs', methods: ['a', 'b'], does: false }, { 'd a': [0], 'd b': [3] }],
  ['cannot be told', { kind: 'occurs', methods: ['a', 'b'], does: false }, { 'd a': [0] }],
])('%s: %j of %j', (expected, statement, numbers) => expect(verdict(claim(statement), numbers)).toBe(expected));

test('the evidence has the numbers that decided', () => {
  const of = claim({ kind: 'beats', better: ['a'], worse: ['b'] });
  const ours: Ours = (_, method) => measure([method === 'a' ? 0.1 : 0.2]);
  expect(judge(of, 'paper', evidence(ours)).evidence).toBe('recall@20: a 0.1000, b 0.2000 (−50.0 %)');
  const negative: Ours = (_, method) => measure([method === 'a' ? -0.1 : -0.2]);
  expect(judge(of, 'paper', evidence(negative)).evidence).toBe('recall@20: a -0.1000, b -0.2000 (+0.1000)');
});

test("judged by the paper's own table, its claims on MF hold", () => {
  const columns: Record<string, string> = { 'ml-1m-bsl': 'Movielens-1M', gowalla: 'Gowalla', yelp2018: 'Yelp2018' };
  const rows: Record<string, string> = { bpr: 'BPR', bce: 'BCE', mse: 'MSE', sl: 'SL', bsl: 'BSL' };
  const ours: Ours = (dataset, method, metric) => {
    const column = `${columns[dataset]} ${metric === 'recall@20' ? 'Recall@20' : 'NDCG@20'}`;
    const value = rows[method] && publishedValue(bsl.published, 'II', `MF + ${rows[method]}`, column);
    return value === undefined || value === '' ? undefined : measure([value]);
  };
  const metrics = ['recall@20', 'ndcg@20'];
  const verdicts = bsl.experiments[0]!.claims.map((c) =>
    c.datasets
      .filter((dataset) => columns[dataset] !== undefined)
      .map((dataset) => judge(c, 'paper', { dataset, metrics, points: [[]], ours }).verdict),
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
  const ours: Ours = (_, method) => measure([values[method]!]);
  expect(judge(of, 'paper', evidence(ours)).evidence).toBe('closest: recall@20: a 0.2000, c 0.1900 (+5.3 %)');
});

test.each(['a', 'b'])(
  'a number of %s that its budget cut off decides nothing, however far apart the two are',
  (cut) => {
    const of = claim({ kind: 'beats', better: ['a'], worse: ['b'] });
    const ours: Ours = (_, method) => measure([method === 'a' ? 0.4 : 0.2], method === cut);
    const { verdict, evidence: because } = judge(of, 'paper', evidence(ours));
    expect(verdict).toBe('cannot be told');
    expect(because).toContain('before its curves had ended');
  },
);

describe('over a grid', () => {
  const points = [1, 2].flatMap((second) => [1, 2].map((first) => [first, second]));
  const told = (statement: Statement, grid: number[][], cut?: string): string => {
    const ours: Ours = (_, __, ___, [x, y]) => {
      const value = grid[y! - 1]?.[x! - 1];
      return value === undefined ? undefined : measure([value], cut === `${x} ${y}`);
    };
    return judge(claim(statement), 'clean', { ...evidence(ours), points }).verdict;
  };
  const best: Statement = { kind: 'best point', methods: ['a'], point: [2, 1] };
  const worst: Statement = { kind: 'worst point', methods: ['a'], point: [1, 1] };

  test.each<[string, Statement, number[][]]>([
    [
      'holds',
      best,
      [
        [1, 4],
        [2, 3],
      ],
    ],
    [
      'does not hold',
      best,
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      'cannot be told',
      best,
      [
        [1, 4],
        [2, 4],
      ],
    ],
    ['cannot be told', best, [[1, 4]]],
    [
      'cannot be told',
      { ...best, point: [3, 1] },
      [
        [1, 4],
        [2, 3],
      ],
    ],
    [
      'holds',
      worst,
      [
        [1, 4],
        [2, 3],
      ],
    ],
    [
      'does not hold',
      worst,
      [
        [1, 4],
        [0.9, 3],
      ],
    ],
    [
      'cannot be told',
      worst,
      [
        [1, 1.001],
        [2, 3],
      ],
    ],
  ])('%s: %j of %j', (expected, statement, grid) => expect(told(statement, grid)).toBe(expected));

  test('to which axis a method is more sensitive, through its best point', () => {
    const to = (axis: 'first' | 'second'): Statement => ({ kind: 'more sensitive', methods: ['a'], to: axis });
    const first = [
      [2, 4],
      [1, 3.8],
    ]; // from 4: to 2 along the first axis, to 3.8 along the second
    const second = [
      [3.8, 4],
      [1, 2],
    ];
    expect([told(to('first'), first), told(to('second'), first)]).toEqual(['holds', 'does not hold']);
    expect([told(to('first'), second), told(to('second'), second)]).toEqual(['does not hold', 'holds']);
    expect(
      told(to('first'), [
        [2, 4],
        [1, 2.01],
      ]),
    ).toBe('cannot be told');
    expect(told(to('first'), [[2, 4]])).toBe('cannot be told'); // a point was not run
    expect(told(to('first'), first, '2 1')).toBe('cannot be told');
  });

  const part: Statement = { kind: 'best part', methods: ['a'], first: [2], second: [1, 2] };
  const byRow = (...rows: number[][]): number[][] => rows;
  test.each<[string, Statement, number[][]]>([
    ['holds', part, byRow([1, 4], [3, 2])],
    ['does not hold', part, byRow([5, 4], [3, 2])],
    ['cannot be told', part, byRow([4, 4], [3, 2])],
    ['cannot be told', part, byRow([1, 4])],
    ['does not hold', { ...part, second: [2] }, byRow([1, 4], [3, 2])], // (2, 1) is outside
    ['cannot be told', { ...part, first: [1, 2] }, byRow([1, 4], [3, 2])], // nothing is outside
  ])('%s: %j of %j', (expected, statement, grid) => expect(told(statement, grid)).toBe(expected));

  test.each(['2 1', '1 2'])('a best part is open while the training at %s is', (cut) => {
    expect(told(part, byRow([1, 4], [3, 2]), cut)).toBe('cannot be told');
  });

  test('a point that its budget cut off decides nothing', () => {
    expect(
      told(
        best,
        [
          [1, 4],
          [2, 3],
        ],
        '1 2',
      ),
    ).toBe('cannot be told');
  });
});

describe('along an axis', () => {
  const xs = [1, 2, 4];
  const told = (statement: Statement, curves: Record<string, number[]>, cutAt?: number): string => {
    const ours: Ours = (_, method, __, [x]) => measure([curves[method]![xs.indexOf(x!)]!], x === cutAt);
    return judge(claim(statement), 'clean', { ...evidence(ours), points: xs.map((x) => [x]) }).verdict;
  };

  test.each<[string, Statement, Record<string, number[]>]>([
    ['holds', { kind: 'beats', better: ['a'], worse: ['b'] }, { a: [2, 3, 4], b: [1, 2, 3] }],
    ['does not hold', { kind: 'beats', better: ['a'], worse: ['b'] }, { a: [2, 3, 4], b: [1, 3.5, 3] }],
    ['holds', { kind: 'trend', methods: ['a'], goes: 'up' }, { a: [1, 0.9, 1.2] }],
    ['does not hold', { kind: 'trend', methods: ['a'], goes: 'up' }, { a: [1, 1.5, 0.9] }],
    ['holds', { kind: 'trend', methods: ['a'], goes: 'down' }, { a: [1, 1.5, 0.9] }],
    ['does not hold', { kind: 'trend', methods: ['a'], goes: 'up', by: 0.3 }, { a: [1, 0.9, 1.2] }],
    ['cannot be told', { kind: 'trend', methods: ['a'], goes: 'up' }, { a: [1, 2, 1.001] }],
    ['holds', { kind: 'stable', methods: ['a'], within: 0.1 }, { a: [1, 0.95, 0.97] }],
    ['does not hold', { kind: 'stable', methods: ['a'], within: 0.1 }, { a: [1, 0.85, 0.97] }],
    ['holds', { kind: 'peaks', methods: ['a'] }, { a: [1, 2, 1] }],
    ['does not hold', { kind: 'peaks', methods: ['a'] }, { a: [1, 2, 3] }],
    ['does not hold', { kind: 'peaks', methods: ['a', 'b'] }, { a: [1, 2, 1], b: [3, 2, 1] }],
    ['cannot be told', { kind: 'peaks', methods: ['a'] }, { a: [1, 2, 2] }],
    ['cannot be told', { kind: 'peaks', methods: ['a'] }, { a: [1, 2, 2.001] }],
    ['holds', { kind: 'peaks', methods: ['a'] }, { a: [-3, -2, -3] }],
    ['does not hold', { kind: 'trend', methods: ['a'], goes: 'up' }, { a: [-1, -2, -1.5] }],
    ['holds', { kind: 'stable', methods: ['a'], within: 0.1 }, { a: [-1, -1.05, -1.02] }],
    ['does not hold', { kind: 'stable', methods: ['a'], within: 0.1 }, { a: [-1, -1.2, -1.02] }],
    ['holds', { kind: 'best at', methods: ['a'], values: [1] }, { a: [-1, -2, -3] }],
    ['cannot be told', { kind: 'less affected', less: 'a', more: 'b' }, { a: [0, 0, 0], b: [1, 0.9, 0.8] }],
    ['cannot be told', { kind: 'less affected', less: 'a', more: 'b' }, { a: [-4, -5, -6], b: [-1, -2, -3] }],
    ['holds', { kind: 'best at', methods: ['a'], values: [2, 4] }, { a: [1, 2, 1] }],
    ['does not hold', { kind: 'best at', methods: ['a'], values: [4] }, { a: [1, 2, 1] }],
    ['cannot be told', { kind: 'best at', methods: ['a'], values: [3] }, { a: [1, 2, 1] }],
    ['holds', { kind: 'less affected', less: 'a', more: 'b' }, { a: [4, 3.9, 3.8], b: [1, 0.9, 0.8] }],
    ['does not hold', { kind: 'less affected', less: 'a', more: 'b' }, { a: [4, 3.9, 3.0], b: [1, 0.9, 0.8] }],
  ])('%s: %j of %j', (expected, statement, curves) => expect(told(statement, curves)).toBe(expected));

  const steady = (...xs: number[]) => ({ a: xs });
  const bothWays: Statement = { kind: 'steadier', methods: ['a'], than: ['b', 'c'] };
  test.each<[string, Statement, Record<string, number[]>]>([
    ['holds', { kind: 'trend', methods: ['a'], goes: 'down', steadily: true }, steady(3, 2, 1)],
    ['does not hold', { kind: 'trend', methods: ['a'], goes: 'down', steadily: true }, steady(2, 3, 1)],
    ['does not hold', { kind: 'trend', methods: ['a'], goes: 'down', steadily: true }, steady(3, 1, 2)],
    ['cannot be told', { kind: 'trend', methods: ['a'], goes: 'down', steadily: true }, steady(3, 3.001, 2)],
    ['holds', { kind: 'trend', methods: ['a'], goes: 'down', by: 0.05, atMost: 0.15 }, steady(1, 1, 0.9)],
    ['does not hold', { kind: 'trend', methods: ['a'], goes: 'down', by: 0.05, atMost: 0.15 }, steady(1, 1, 0.8)],
    ['does not hold', { kind: 'trend', methods: ['a'], goes: 'down', by: 0.05, atMost: 0.15 }, steady(1, 1, 0.97)],
    ['cannot be told', { kind: 'trend', methods: ['a'], goes: 'down', atMost: 0.15 }, steady(1, 1, 0.851)],
    ['does not hold', { kind: 'trend', methods: ['a'], goes: 'up', atMost: 0.15 }, steady(1, 1, 1.2)],
    ['holds', { kind: 'levels off', methods: ['a'] }, steady(1, 2, 2.1)],
    ['holds', { kind: 'levels off', methods: ['a'] }, steady(1, 2, 1.9)],
    ['does not hold', { kind: 'levels off', methods: ['a'] }, steady(1, 1.1, 2)],
    ['does not hold', { kind: 'levels off', methods: ['a'] }, steady(2, 2.1, 1)],
    ['cannot be told', { kind: 'levels off', methods: ['a'] }, steady(1, 2, 3)],
    ['holds', { kind: 'less affected', less: 'a', more: 'b', from: 2 }, { a: [9, 2, 1.9], b: [1, 2, 1.5] }],
    ['does not hold', { kind: 'less affected', less: 'a', more: 'b', from: 2 }, { a: [1, 2, 1.5], b: [9, 2, 1.9] }],
    ['cannot be told', { kind: 'less affected', less: 'a', more: 'b', from: 3 }, { a: [1, 1, 1], b: [3, 2, 1] }],
    ['holds', bothWays, { a: [1, 0.95, 1], b: [10, 8, 9], c: [0.8, 1, 1.2] }],
    ['does not hold', bothWays, { a: [1, 0.95, 1], b: [10, 8, 9], c: [1, 0.99, 0.98] }],
    ['cannot be told', bothWays, { a: [1, 0.9, 1], b: [10, 9.001, 10], c: [0.8, 1, 1.2] }],
    ['cannot be told', bothWays, { a: [0, 0, 0], b: [3, 2, 1], c: [3, 2, 1] }],
    ['holds', { kind: 'beats', better: ['a'], worse: ['b'], at: [4], worseAt: 1 }, { a: [9, 9, 3], b: [2, 9, 9] }],
    [
      'does not hold',
      { kind: 'beats', better: ['a'], worse: ['b'], at: [4], worseAt: 1 },
      { a: [9, 9, 3], b: [4, 1, 1] },
    ],
  ])('%s: %j of %j', (expected, statement, curves) => expect(told(statement, curves)).toBe(expected));

  test.each<[Statement, number]>([
    [{ kind: 'steadier', methods: ['a'], than: ['b'] }, 4],
    [{ kind: 'trend', methods: ['a'], goes: 'up', steadily: true }, 2],
    [{ kind: 'levels off', methods: ['a'] }, 2],
  ])('%j is open while the training at %d is', (statement, cut) => {
    const curves = { a: [1, 1.2, 1.25], b: [4, 2, 2] };
    expect(told(statement, curves)).toBe('holds');
    expect(told(statement, curves, cut)).toBe('cannot be told');
  });

  test('what is compared at another point says so', () => {
    const beats = claim({ kind: 'beats', better: ['a'], worse: ['b'], at: [4], worseAt: 1 });
    const ours: Ours = (_, method) => measure([method === 'a' ? 2 : 1]);
    const { evidence: because } = judge(beats, 'clean', { ...evidence(ours), points: xs.map((x) => [x]) });
    expect(because).toBe('recall@20 at 4: a 2.0000, b at 1 1.0000 (+100.0 %)');
  });

  test('methods are compared at the named values of the axis alone', () => {
    const beats = (...at: number[]): Statement => ({ kind: 'beats', better: ['a'], worse: ['b'], at });
    const curves = { a: [2, 3, 2], b: [1, 2, 3] };
    expect(told(beats(1, 2), curves)).toBe('holds');
    expect(told(beats(4), curves)).toBe('does not hold');
    expect(told(beats(1, 3), curves)).toBe('cannot be told'); // 3 was not run
  });

  test('with several seeds a peak must be two standard errors above the ends', () => {
    const peak = claim({ kind: 'peaks', methods: ['a'] });
    const told = (inside: number[], end: number[]): string => {
      const ours: Ours = (_, __, ___, [x]) => measure(x === 2 ? inside : x === 4 ? end : [1, 1]);
      return judge(peak, 'clean', { ...evidence(ours), points: xs.map((x) => [x]) }).verdict;
    };
    expect(told([2, 2.2], [1.9, 2.1])).toBe('cannot be told');
    expect(told([1.9, 2.1], [2, 2.2])).toBe('cannot be told');
    expect(told([2.09, 2.11], [1.99, 2.01])).toBe('holds');
    expect(told([1.99, 2.01], [2.09, 2.11])).toBe('does not hold');
  });

  test('a best value is open while another training is: it may be yet to come', () => {
    const peak: Statement = { kind: 'peaks', methods: ['a'] };
    expect(told(peak, { a: [1, 2, 1] }, 4)).toBe('cannot be told');
    expect(told({ kind: 'best at', methods: ['a'], values: [2] }, { a: [1, 2, 1] }, 1)).toBe('cannot be told');
  });

  test('a value that its budget cut off leaves what it is needed for open', () => {
    const up: Statement = { kind: 'trend', methods: ['a'], goes: 'up' };
    expect(told(up, { a: [1, 2, 3] }, 4)).toBe('cannot be told');
    expect(told(up, { a: [1, 2, 3] }, 2)).toBe('holds'); // the ends decide
    const less: Statement = { kind: 'less affected', less: 'a', more: 'b' };
    expect(told(less, { a: [4, 3.9, 3.8], b: [1, 0.9, 0.8] }, 1)).toBe('cannot be told');
  });

  test('where the best value is, as the second axis moves', () => {
    const moves: Statement = { kind: 'best moves', method: 'a', goes: 'up' };
    const points = [0, 3].flatMap((second) => xs.map((x) => [x, second]));
    const verdictOf = (curves: Record<number, number[]>) => {
      const ours: Ours = (_, __, ___, [x, second]) => measure([curves[second!]![xs.indexOf(x!)]!]);
      return judge(claim(moves), 'clean', { ...evidence(ours), points }).verdict;
    };
    expect(verdictOf({ 0: [3, 2, 1], 3: [1, 3, 2] })).toBe('holds');
    expect(verdictOf({ 0: [1, 2, 3], 3: [1, 3, 2] })).toBe('does not hold');
    expect(verdictOf({ 0: [3, 2.999, 1], 3: [1, 3, 2] })).toBe('cannot be told');
  });
});
