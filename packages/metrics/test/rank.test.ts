import { createKernels } from '@losslab/kernels';
import { describe, expect, test } from 'vitest';
import { rankAll, rankedUser } from '../src/index.ts';
import { unionOf } from '../src/ranking/mask.ts';
import { allocated, fromLists, randomInteractions, scoreRanker, scoresOf, tiedFactors } from './helpers.ts';
import { naiveRankings } from './naive.ts';

const [userCount, itemCount] = [40, 60];
const factors = tiedFactors(userCount, itemCount, 5, 3);
const train = randomInteractions(userCount, itemCount, 0.2, 1);
const valid = randomInteractions(userCount, itemCount, 0.1, 2);
const held = randomInteractions(userCount, itemCount, 0.15, 3);
const scores = scoresOf(factors);
const rankers = [factors, scoreRanker(itemCount, scores)];

describe.each(rankers)('$kind', (ranker) => {
  test.each([1, 7, 20, itemCount])('the first %i of a full sort, ties by item, masked items left out', (k) => {
    const rankings = rankAll({ ranker, mask: [train, valid], test: held, k });
    const naive = naiveRankings(scores, [train, valid], held);
    expect([...rankings.users]).toEqual([...naive.keys()]);
    expect(rankings.leftOutUserCount).toBe(userCount - naive.size);
    for (const [row, user] of rankings.users.entries()) {
      const expected = naive.get(user)!.ranked.slice(0, k);
      const { ranked, hits, relevant } = rankedUser(rankings, row);
      expect([...ranked]).toEqual([...expected, ...new Array(k - expected.length).fill(-1)]);
      expect([...hits]).toEqual([...ranked].map((item) => Number(naive.get(user)!.test.has(item))));
      expect(new Set(relevant)).toEqual(naive.get(user)!.test);
      expect([...rankings.scores.subarray(row * k, row * k + expected.length)]).toEqual(
        expected.map((i) => scores[user]![i]),
      );
    }
  });

  test('some users only, in their order', () => {
    const users = Int32Array.of(7, 4, 2);
    const some = rankAll({ ranker, mask: [train], test: held, k: 5, users });
    const all = rankAll({ ranker, mask: [train], test: held, k: 5 });
    expect([...some.users]).toEqual([7, 2]);
    expect(some.leftOutUserCount).toBe(1);
    for (const [row, user] of some.users.entries()) {
      expect(rankedUser(some, row)).toEqual(rankedUser(all, all.users.indexOf(user)));
    }
  });

  test('memory is given back', () => {
    const before = allocated();
    rankAll({ ranker, mask: [train], test: held, k: 5 });
    expect(allocated()).toBe(before);
  });

  test('both builds rank alike', () => {
    const [plain, auto] = [createKernels({ build: 'simd' }), undefined].map((kernels) =>
      rankAll({ ranker, mask: [train], test: held, k: 9, kernels }),
    );
    expect(plain).toEqual(auto);
  });
});

test('masks are put together, each item once', () => {
  const parts = [fromLists(9, [[1, 4, 8], [], [2]]), fromLists(9, [[0, 4, 5], [3], [2]]), fromLists(9, [[8], [], []])];
  const { indptr, indices } = unionOf(parts, 3);
  expect([[...indptr], [...indices]]).toEqual([
    [0, 5, 6, 7],
    [0, 1, 4, 5, 8, 3, 2],
  ]);
});

test('users in several blocks', () => {
  const many = tiedFactors(500, 20, 3, 5);
  const [masked, found] = [randomInteractions(500, 20, 0.3, 6), randomInteractions(500, 20, 0.2, 7)];
  const naive = naiveRankings(scoresOf(many), [masked], found);
  for (const ranker of [many, scoreRanker(20, scoresOf(many))]) {
    const rankings = rankAll({ ranker, mask: [masked], test: found, k: 4 });
    expect(rankings.users.length).toBeGreaterThan(3 * 96);
    for (const [row, user] of rankings.users.entries()) {
      expect([...rankedUser(rankings, row).ranked]).toEqual(naive.get(user)!.ranked.slice(0, 4));
    }
  }
});

test('without a mask, and a test item that is masked', () => {
  const ranker = scoreRanker(3, [[1, 3, 2]]);
  const test = fromLists(3, [[0, 1]]);
  expect([...rankAll({ ranker, mask: [], test, k: 3 }).items]).toEqual([1, 2, 0]);
  const masked = rankAll({ ranker, mask: [fromLists(3, [[1]])], test, k: 3 });
  expect([...masked.items]).toEqual([2, 0, -1]);
  expect([...masked.hits]).toEqual([0, 1, 0]);
  expect([...rankedUser(masked, 0).relevant]).toEqual([0, 1]);
});

test('a user whose items are all masked has an empty list', () => {
  const rankings = rankAll({
    ranker: scoreRanker(2, [[1, 2]]),
    mask: [fromLists(2, [[0, 1]])],
    test: fromLists(2, [[0]]),
    k: 2,
  });
  expect([...rankings.items]).toEqual([-1, -1]);
});

test('an item of score −∞ is not recommended; NaN is an error', () => {
  const test = fromLists(3, [[0], [1]]);
  const rank = (row: number[]) => rankAll({ ranker: scoreRanker(3, [[1, 2, 3], row]), mask: [], test, k: 3 });
  expect([...rank([2, -Infinity, 5]).items.subarray(3)]).toEqual([2, 0, -1]);
  expect([...rank([2, Infinity, 5]).items.subarray(3)]).toEqual([1, 2, 0]);
  expect(() => rank([2, Number.NaN, 5])).toThrow(
    '[metrics] expected scores that can be ranked, got NaN for user 1; the model has diverged: lower its learning rate',
  );
  const diverged = tiedFactors(2, 3, 2, 1);
  diverged.users.fill(Number.NaN, 2);
  const before = allocated();
  expect(() => rankAll({ ranker: diverged, mask: [], test, k: 2 })).toThrow('got NaN for user 1');
  expect(allocated()).toBe(before);
});

test('what cannot be ranked', () => {
  const ranker = scoreRanker(3, [[1, 2, 3]]);
  const test = fromLists(3, [[0]]);
  const rank = (changes: object) => () => rankAll({ ranker, mask: [], test, k: 1, ...changes });
  expect(rank({ k: 4 })).toThrow('[metrics] expected k in [1, 3], got 4; the catalogue has no more items; lower k');
  expect(rank({ k: 0 })).toThrow('[metrics] expected k in [1, 3], got 0; pass a whole number');
  expect(rank({ k: 1.5 })).toThrow('got 1.5');
  expect(rank({ test: fromLists(4, [[0]]) })).toThrow(
    '[metrics] expected parts of 1 users and 3 items, as the model has, got 1 users and 4 items',
  );
  expect(rank({ mask: [fromLists(3, [[0], []])] })).toThrow('got 2 users and 3 items');
  expect(rank({ users: Int32Array.of(1) })).toThrow('[metrics] expected users in [0, 1), got 1; check the numbering');
});
