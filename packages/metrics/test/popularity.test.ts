import { dataFacts, type RankingMetric } from '@losslab/core';
import { describe, expect, test } from 'vitest';
import { createMetrics, evaluate, popularityGroups } from '../src/index.ts';
import { fromLists, randomInteractions, scoreRanker, scoresOf, tiedFactors } from './helpers.ts';
import { type NaiveUser, naiveRankings } from './naive.ts';

/** The groups by their definition: walk up the items, and see in which tenth of all interactions each one ends. */
function naiveGroups(degrees: number[], groups: number): number[] {
  const total = degrees.reduce((a, b) => a + b, 0);
  return degrees.map((degree, item) => {
    const below = degrees.filter((other, k) => other < degree || (other === degree && k <= item));
    const upTo = below.reduce((a, b) => a + b, 0);
    for (let g = 1; g <= groups; g++) if (upTo <= (g * total) / groups) return g;
    return groups;
  });
}

test('groups have as much popularity each as whole items allow', () => {
  expect([...popularityGroups(Int32Array.of(1, 2, 1, 4), 2)]).toEqual([1, 1, 1, 2]);
  expect([...popularityGroups(Int32Array.of(1, 1, 98), 10)]).toEqual([1, 1, 10]); // eight groups are empty
  expect([...popularityGroups(Int32Array.of(0, 0), 10)]).toEqual([1, 1]);
  const degrees = Int32Array.from({ length: 200 }, (_, i) => (i * 37) % 53);
  const of = popularityGroups(degrees, 10);
  expect([...of]).toEqual(naiveGroups([...degrees], 10));
  const total = degrees.reduce((a, b) => a + b, 0);
  for (let g = 1; g <= 10; g++) {
    const sum = degrees.reduce((all, degree, item) => all + (of[item] === g ? degree : 0), 0);
    expect(Math.abs(sum - total / 10)).toBeLessThan(53); // by less than the most popular item
  }
});

describe.each([1, 2])('random data %i', (seed) => {
  const [userCount, itemCount, at] = [35, 50, [1, 5, 20]];
  const ranker = tiedFactors(userCount, itemCount, 4, seed);
  const train = randomInteractions(userCount, itemCount, 0.2, seed);
  const held = randomInteractions(userCount, itemCount, 0.1, seed + 20);
  const users = [...naiveRankings(scoresOf(ranker), [train], held).values()];
  const degrees = [...dataFacts(train).itemDegrees];
  const mean = (of: (user: NaiveUser) => number) => users.reduce((sum, user) => sum + of(user), 0) / users.length;
  const measure = (...metrics: (string | { name: string; [option: string]: unknown })[]) =>
    evaluate({ ranker, train, test: held, at, metrics }).metrics;

  test('group metrics agree with their definitions, and add up to the whole', () => {
    const got = measure('recall', 'ndcg', 'group-recall', 'group-ndcg');
    const of = naiveGroups(degrees, 10);
    for (const k of at) {
      const sums = [0, 0];
      for (let g = 1; g <= 10; g++) {
        const hits = ({ ranked, test: items }: NaiveUser) =>
          ranked.slice(0, k).map((item) => items.has(item) && of[item] === g);
        const recall = mean((user) => hits(user).filter(Boolean).length / user.test.size);
        const ndcg = mean((user) => {
          const ideal = Array.from({ length: Math.min(k, user.test.size) }, (_, i) => Math.LN2 / Math.log(i + 2));
          const gain = hits(user).reduce((sum, hit, i) => sum + (hit ? Math.LN2 / Math.log(i + 2) : 0), 0);
          return gain / ideal.reduce((a, b) => a + b, 0);
        });
        expect(got[`group-recall-${g}@${k}`]).toBeCloseTo(recall, 13);
        expect(got[`group-ndcg-${g}@${k}`]).toBeCloseTo(ndcg, 13);
        sums[0]! += recall;
        sums[1]! += ndcg;
      }
      expect(sums[0]).toBeCloseTo(got[`recall@${k}`]!, 12);
      expect(sums[1]).toBeCloseTo(got[`ndcg@${k}`]!, 12);
    }
  });

  test('aplt, coverage and gini agree with their definitions', () => {
    const got = measure('aplt', 'coverage', 'gini');
    const order = [...degrees.keys()].sort((a, b) => degrees[a]! - degrees[b]! || a - b);
    const tail = new Set(order.slice(0, Math.floor(0.85 * itemCount)));
    for (const k of at) {
      const lists = users.map(({ ranked }) => ranked.slice(0, k));
      const share = (list: number[]) => list.filter((item) => tail.has(item)).length / list.length;
      expect(got[`aplt@${k}`]).toBeCloseTo(
        mean(({ ranked }) => share(ranked.slice(0, k))),
        13,
      );
      expect(got[`coverage@${k}`]).toBe(new Set(lists.flat()).size / itemCount);
      const counts = degrees.map((_, item) => lists.flat().filter((other) => other === item).length);
      const differences = counts.flatMap((a) => counts.map((b) => Math.abs(a - b))); // Gini's mean difference
      const expected = differences.reduce((a, b) => a + b, 0) / (2 * itemCount * lists.flat().length);
      expect(got[`gini@${k}`]).toBeCloseTo(expected, 13);
    }
  });

  test('likelihood agrees with its definition', () => {
    const table = scoresOf(ranker);
    const both = {
      geometric: measure({ name: 'likelihood' }),
      arithmetic: measure({ name: 'likelihood', mean: 'arithmetic' }),
    };
    const rows = table.flatMap((scores, user) => {
      const [items, seen] = [held, train].map(
        (part) => new Set(part.indices.subarray(part.indptr[user], part.indptr[user + 1])),
      );
      if (items!.size === 0) return [];
      const differences = scores.flatMap((s, i) =>
        items!.has(i) && !seen!.has(i) ? scores.flatMap((t, j) => (items!.has(j) || seen!.has(j) ? [] : [s - t])) : [],
      );
      return [differences.map((x) => 1 / (1 + Math.exp(-x)))];
    });
    const average = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const geometric = rows.map((row) => (row.length === 0 ? 1 : Math.exp(average(row.map(Math.log)))));
    expect(both.geometric.likelihood).toBeCloseTo(average(geometric), 12);
    expect(both.arithmetic.likelihood).toBeCloseTo(
      average(rows.map((row) => (row.length === 0 ? 1 : average(row)))),
      12,
    );
  });
});

test('by hand: two users of four items', () => {
  const ranker = scoreRanker(4, [
    [4, 3, 2, 1],
    [4, 3, 2, 1],
  ]);
  const train = fromLists(4, [[0], [0]]);
  const test = fromLists(4, [[1], [3]]);
  const { metrics, values } = evaluate({
    ranker,
    train,
    test,
    at: [1, 2],
    metrics: ['coverage', 'gini', 'aplt', 'likelihood'],
  });
  expect(metrics['coverage@1']).toBe(1 / 4); // item 1 for both
  expect(metrics['gini@1']).toBe(3 / 4); // all on one item: 1 − 1/I
  expect(metrics['gini@2']).toBe(1 / 2); // two of four items, equally often
  expect(metrics['aplt@1']).toBe(1); // items 1 to 3 have no training interactions; the tail are items 1, 2, 3
  const sigma = (x: number) => 1 / (1 + Math.exp(-x));
  expect(values.likelihood![0]).toBeCloseTo(Math.sqrt(sigma(1) * sigma(2)), 12);
  expect(values.likelihood![1]).toBeCloseTo(Math.sqrt(sigma(-2) * sigma(-1)), 12);
});

test('likelihood of far scores is finite', () => {
  const ranker = scoreRanker(3, [[-1e4, 1e4, 0]]);
  const far = evaluate({
    ranker,
    train: fromLists(3, [[]]),
    test: fromLists(3, [[0]]),
    at: [1],
    metrics: ['likelihood'],
  });
  expect(far.metrics.likelihood).toBe(0); // e^(−15000) is below float64
});

test.each([
  [{ name: 'group-ndcg', groups: 1 }, /groups: must be in \[2, 100\]/],
  [{ name: 'aplt', tail: 1 }, /tail: must be in \(0, 1\)/],
])('%j is refused', (choice, message) => expect(() => createMetrics(choice)).toThrow(message));

test('a list that the catalogue cut short counts what it has', () => {
  const facts = dataFacts(fromLists(4, [[0, 1, 2, 3], [3]]));
  const user = { ranked: Int32Array.of(0, 3, -1), hits: new Uint8Array(3), relevant: Int32Array.of(1) };
  const aplt = createMetrics('aplt', facts)[0] as RankingMetric;
  expect(aplt.value(user, 3)).toBe(1 / 2); // item 3 is the most popular
  expect(aplt.value({ ...user, ranked: Int32Array.of(-1, -1, -1) }, 3)).toBe(0);
});
