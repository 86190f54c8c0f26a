import { type InteractionTable, interactionsFromTable, type ScoreRanker } from '@losslab/core';
import { compareEvaluations, evaluate, evaluateLists, userRanking } from '@losslab/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

type Row = readonly [user: number, item: number, score?: number];
function table(rows: readonly Row[], sizes = { userCount: 3, itemCount: 6 }): InteractionTable {
  const scored = rows.some(([, , score]) => score !== undefined);
  return {
    userCount: Math.max(sizes.userCount, ...rows.map(([user]) => user + 1)),
    itemCount: Math.max(sizes.itemCount, ...rows.map(([, item]) => item + 1)),
    users: Int32Array.from(rows, ([user]) => user),
    items: Int32Array.from(rows, ([, item]) => item),
    ...(scored && { ratings: Float32Array.from(rows, ([, , score]) => score!) }),
  };
}
const part = (rows: readonly Row[]) => interactionsFromTable(table(rows));

const test_ = part([
  [0, 1],
  [0, 2],
  [1, 3],
]);
const recall = { at: [1, 2], metrics: ['recall'] };

describe('the order of a list', () => {
  test('is by descending score, whatever the order of the rows', () => {
    const lists = table([
      [0, 5, 1],
      [0, 1, 3],
      [1, 3, 1],
      [1, 4, 2],
    ]);
    const { metrics, values } = evaluateLists({ lists, test: test_, ...recall });
    expect([...values['recall@1']!]).toEqual([1 / 2, 0]);
    expect([...values['recall@2']!]).toEqual([1 / 2, 1]);
    expect(metrics['recall@2']).toBe((1 / 2 + 1) / 2);
  });

  test('of equal scores, and without scores, is that of the rows', () => {
    for (const score of [undefined, 7]) {
      const first = table([
        [1, 3, score],
        [1, 0, score],
        [0, 0, score],
        [0, 2, score],
      ]);
      expect([...evaluateLists({ lists: first, test: test_, ...recall }).values['recall@1']!]).toEqual([0, 1]);
    }
  });

  test('agrees with a full ranking of the same scores', () => {
    const sizes = { userCount: 4, itemCount: 7 };
    const pairs = fc.array(fc.tuple(fc.nat(3), fc.nat(6)), { minLength: 1, maxLength: 12 });
    const scores = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 28, maxLength: 28 });
    const at = [1, 3, 7];
    const metrics = ['recall', 'ndcg', 'map', 'mrr', 'coverage', 'gini', 'aplt', 'group-ndcg'];
    fc.assert(
      fc.property(pairs, pairs, scores, (seen, held, values) => {
        const train = interactionsFromTable(table(seen, sizes));
        const held_ = interactionsFromTable(table(held, sizes));
        const ranker: ScoreRanker = {
          kind: 'scores',
          ...sizes,
          score(users, out) {
            for (const [row, user] of users.entries()) out.set(values.slice(user * 7, user * 7 + 7), row * 7);
          },
          dispose() {},
        };
        const rows = values.map((value, at) => [Math.floor(at / 7), at % 7, value] as const);
        const full = evaluate({ ranker, train, test: held_, at, metrics });
        const listed = evaluateLists({ lists: table(rows, sizes), train, test: held_, at, metrics });
        expect(listed.metrics).toEqual(full.metrics);
        expect(listed.values).toEqual(full.values);
        if (full.users.length < 2) return;
        const { first, second } = compareEvaluations(listed, full)['recall@1']!;
        expect(first).toBe(second);
      }),
      { numRuns: 50 },
    );
  });
});

test('unknown ids, repeated and seen rows and users without a list are counted', () => {
  const lists = table([
    [0, 8, 9], // an unknown item keeps its rank: it pushes item 1 to the second place
    [0, 1, 3],
    [0, 1, 2], // repeated
    [0, 4, 9.5], // seen in training, taken out
    [2, 0, 1], // a user without test items
    [5, 3, 1], // an unknown user
    [6, 3, 1],
  ]);
  const train = part([[0, 4]]);
  const {
    metrics,
    values,
    leftOutUserCount,
    evaluatedUserCount,
    lists: counts,
  } = evaluateLists({
    lists,
    train,
    test: test_,
    at: [1, 2],
    metrics: ['recall', 'coverage'],
  });
  expect([...values['recall@1']!]).toEqual([0, 0]); // user 1 has no list
  expect([...values['recall@2']!]).toEqual([1 / 2, 0]);
  expect(metrics['coverage@2']).toBe(2 / 9); // items 8 and 1 of 0 ... 8
  expect([evaluatedUserCount, leftOutUserCount]).toEqual([2, 3]);
  expect(counts).toEqual({
    rowCount: 7,
    repeatedRowCount: 1,
    seenRowCount: 1,
    unknownItemCount: 1,
    unknownUserCount: 2,
    listlessUserCount: 1,
  });
});

test('what cannot be measured is told', () => {
  const lists = table([[0, 1, 1]]);
  const refuse = (options: Partial<Parameters<typeof evaluateLists>[0]>) => () =>
    evaluateLists({ lists, test: test_, ...options });
  expect(refuse({ at: [0] })).toThrow('[metrics] expected k >= 1, got 0; pass a whole number');
  expect(refuse({ at: [] })).toThrow('[metrics] expected a cut-off, got none');
  expect(refuse({ metrics: ['likelihood'] })).toThrow(
    '[metrics] expected metrics of rankings, got likelihood, which needs the scores of all items; leave it out',
  );
  expect(refuse({ metrics: ['auc'] })).toThrow(/got auc, which needs labelled pairs/);
  expect(refuse({ metrics: ['recal'] })).toThrow(/did you mean "recall"\?/);
  expect(refuse({ metrics: ['group-ndcg'] })).toThrow(
    '[metrics] expected the training part for metrics by popularity, got none; pass train',
  );
  expect(refuse({ lists: table([[0, 1, Number.NaN]]) })).toThrow(
    '[metrics] expected scores that can be ranked, got NaN in row 0',
  );
  expect(refuse({ train: interactionsFromTable(table([[0, 6]])) })).toThrow(
    '[metrics] expected parts of 3 users and 6 items, as test has, got 3 users and 7 items; read them with one numbering',
  );
  const empty = { ...test_, indptr: new Int32Array(4), indices: new Int32Array(0) };
  expect(refuse({ test: empty })).toThrow('[metrics] expected a user with test items, got none');
});

describe('one user at a time', () => {
  const train = part([
    [0, 4],
    [0, 5],
  ]);
  const factors = {
    kind: 'factors',
    userCount: 3,
    itemCount: 6,
    dimension: 1,
    users: Float32Array.of(1, -1, 0),
    items: Float32Array.of(0, 1, 2, 3, 4, 5),
    dispose() {},
  } as const;
  const scores: ScoreRanker = {
    kind: 'scores',
    userCount: 3,
    itemCount: 6,
    score: (users, out) =>
      users.forEach((user, row) => {
        out.set(
          factors.items.map((value) => value * factors.users[user]!),
          row * 6,
        );
      }),
    dispose() {},
  };

  test.each([['factors', factors] as const, ['scores', scores] as const])('by %s', (_, ranker) => {
    const ranking = userRanking({ ranker, mask: [train] });
    expect([...ranking.top(0, 2).items]).toEqual([3, 2]);
    expect([...ranking.top(0, 2).scores]).toEqual([3, 2]);
    expect([...ranking.top(0, 6).items]).toEqual([3, 2, 1, 0]); // two are left out
    expect([...ranking.top(1, 6).items]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...ranking.top(2, 3).items]).toEqual([0, 1, 2]); // ties
    expect(() => ranking.top(0, 7)).toThrow('[metrics] expected k in [1, 6], got 7');
    expect(() => ranking.top(0, 1.5)).toThrow('[metrics] expected k in [1, 6], got 1.5');
    expect(() => ranking.top(3, 1)).toThrow('[metrics] expected a user in [0, 3), got 3; check the numbering');
    ranking.dispose();
  });
});
