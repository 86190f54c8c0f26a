import { dataFacts, interactionsFromTable } from '@losslab/core';
import { itemPopularity, itemQuality, negativeLogPrior, positiveLogPrior } from '@losslab/loss-vbpr';
import { expect, test } from 'vitest';

/** Item 0 has three interactions, 1 has one, 2 none. */
const rows = { userCount: 3, itemCount: 3, users: Int32Array.of(0, 1, 2, 0), items: Int32Array.of(0, 0, 0, 1) };
const plain = dataFacts(interactionsFromTable(rows));
const rated = dataFacts(interactionsFromTable({ ...rows, ratings: Float32Array.of(5, 4, 3, 2) }));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

test('popularity is ln(1 + n) / ln(1 + max n)', () => {
  expect([...itemPopularity(plain)]).toEqual([1, Math.log(2) / Math.log(4), 0]);
});

test('quality is σ of the mean rating above the mean over rated items, by 0.2; an unrated item has 1/2', () => {
  const [liked, disliked, unrated] = itemQuality(rated)!;
  expect(liked).toBeCloseTo(sigmoid((4 - 3) / 0.2), 12);
  expect(disliked).toBeCloseTo(sigmoid((2 - 3) / 0.2), 12);
  expect(unrated).toBe(0.5);
});

test('data without ratings has no quality, and priors go without it', () => {
  expect(itemQuality(plain)).toBeUndefined();
  expect(positiveLogPrior(plain, { a: 1, b: 1 })).toEqual(positiveLogPrior(plain, { a: 1, b: 0 }));
  expect(negativeLogPrior(plain, { a: 1, b: 1 })).toEqual(negativeLogPrior(plain, { a: 1, b: 0 }));
});

test('the priors are powers of their factors, in logarithms', () => {
  const [, second] = positiveLogPrior(rated, { a: 2, b: 3 });
  expect(second).toBeCloseTo(2 * Math.log(1 - Math.log(2) / Math.log(4)) + 3 * Math.log(sigmoid(-5)), 10);
  const [, other] = negativeLogPrior(rated, { a: 2, b: 3 });
  expect(other).toBeCloseTo(2 * Math.log(Math.log(2) / Math.log(4)) + 3 * Math.log(1 - sigmoid(-5)), 10);
});

test('the most popular item’s rarity of 0 and an untouched item’s popularity of 0 count as 1e-12', () => {
  expect(positiveLogPrior(plain, { a: 1, b: 0 })[0]).toBeCloseTo(Math.log(1e-12), 10);
  expect(negativeLogPrior(plain, { a: 1, b: 0 })[2]).toBeCloseTo(Math.log(1e-12), 10);
  expect([...positiveLogPrior(plain, { a: 0, b: 1 })]).toEqual([-0, 0, 0].map((x) => x + 0));
});

test('data without interactions has popularity 0 throughout', () => {
  const empty = { ...rows, users: new Int32Array(0), items: new Int32Array(0) };
  expect([...itemPopularity(dataFacts(interactionsFromTable(empty)))]).toEqual([0, 0, 0]);
});
