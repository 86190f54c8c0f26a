import type { RankingMetric } from '@losslab/core';
import { expect, test } from 'vitest';
import { createMetrics, usualMetrics } from '../src/index.ts';
import { rankedUser } from './helpers.ts';

const { log2 } = Math;
const make = (name: string, options: object = {}) => createMetrics({ name, ...options })[0] as RankingMetric;
const value = (name: string, options: object, hitRanks: number[], n: number, k: number) =>
  make(name, options).value(rankedUser(hitRanks, n), k);

// Hits at ranks 1, 3, 4 and 7 of ten, five held-out items.
const ranks = [1, 3, 4, 7];

test('recall', () => {
  expect(value('recall', {}, ranks, 5, 4)).toBe(3 / 5);
  expect(value('recall', {}, ranks, 5, 10)).toBe(4 / 5);
  expect(value('recall', { over: 'min' }, ranks, 5, 4)).toBe(3 / 4);
  expect(value('recall', { over: 'min' }, ranks, 5, 10)).toBe(4 / 5);
  expect(value('recall', { over: 'k' }, ranks, 5, 10)).toBe(4 / 10);
});

test('precision', () => {
  expect(value('precision', {}, ranks, 5, 4)).toBe(3 / 4);
  expect(value('precision', {}, ranks, 5, 10)).toBe(4 / 10);
  expect(value('precision', { over: 'min' }, ranks, 5, 10)).toBe(4 / 5);
});

test('f1', () => {
  const [p, r] = [3 / 4, 3 / 5];
  expect(value('f1', {}, ranks, 5, 4)).toBeCloseTo((2 * p * r) / (p + r), 15);
  expect(value('f1', {}, [], 5, 4)).toBe(0);
});

test('ndcg', () => {
  const gain = 1 / log2(2) + 1 / log2(4) + 1 / log2(5);
  const ideal4 = 1 / log2(2) + 1 / log2(3) + 1 / log2(4) + 1 / log2(5);
  expect(value('ndcg', {}, ranks, 5, 4)).toBeCloseTo(gain / ideal4, 15);
  expect(value('ndcg', { ideal: 'k' }, ranks, 5, 4)).toBeCloseTo(gain / ideal4, 15);
  expect(value('ndcg', { ideal: 'test' }, ranks, 5, 4)).toBeCloseTo(gain / (ideal4 + 1 / log2(6)), 15);
  expect(value('ndcg', { ideal: 'hits' }, ranks, 5, 4)).toBeCloseTo(
    gain / (1 / log2(2) + 1 / log2(3) + 1 / log2(4)),
    15,
  );
  expect(value('ndcg', {}, [2], 1, 10)).toBeCloseTo(1 / log2(3), 15);
  expect(value('ndcg', { ideal: 'hits' }, [], 5, 10)).toBe(0);
});

test('hr', () => {
  expect(value('hr', {}, [4], 5, 3)).toBe(0);
  expect(value('hr', {}, [4], 5, 4)).toBe(1);
  expect(value('hr', {}, ranks, 5, 10)).toBe(1);
});

test('mrr', () => {
  expect(value('mrr', {}, [3, 4], 5, 10)).toBe(1 / 3);
  expect(value('mrr', {}, [3, 4], 5, 2)).toBe(0);
  expect(value('mrr', {}, [], 5, 10)).toBe(0);
});

test('map', () => {
  const sum = 1 / 1 + 2 / 3 + 3 / 4;
  expect(value('map', {}, ranks, 5, 4)).toBeCloseTo(sum / 4, 15);
  expect(value('map', { over: 'test' }, ranks, 5, 4)).toBeCloseTo(sum / 5, 15);
  expect(value('map', { over: 'hits' }, ranks, 5, 4)).toBeCloseTo(sum / 3, 15);
  expect(value('map', {}, ranks, 5, 10)).toBeCloseTo((sum + 4 / 7) / 5, 15);
  expect(value('map', { over: 'hits' }, [], 5, 10)).toBe(0);
});

test('a perfect list scores 1 by every default but precision, which cannot where n < k', () => {
  for (const name of usualMetrics) {
    expect(value(name, {}, [1, 2, 3, 4, 5], 5, 5)).toBeCloseTo(1, 15);
    expect(value(name, {}, [], 5, 5)).toBe(0);
  }
  expect(value('precision', {}, [1, 2], 2, 5)).toBe(2 / 5);
});

// Hits at ranks 1, 3, 4, 7 and 11 of eleven. The decimals are scikit-learn 1.9.1's ndcg_score(labels, scores, k=k).
const d = (rank: number) => 1 / log2(rank + 1);
const sklearn = [
  [1, d(1) / d(1), 1],
  [3, (d(1) + d(3)) / (d(1) + d(2) + d(3)), 0.7039180890341348],
  [4, (d(1) + d(3) + d(4)) / (d(1) + d(2) + d(3) + d(4)), 0.75369761125927],
  [10, (d(1) + d(3) + d(4) + d(7)) / (d(1) + d(2) + d(3) + d(4) + d(5)), 0.7678620595110027],
  [11, (d(1) + d(3) + d(4) + d(7) + d(11)) / (d(1) + d(2) + d(3) + d(4) + d(5)), 0.8624684062176671],
] as const;

test.each(sklearn)('ndcg@%i agrees with scikit-learn', (k, arithmetic, published) => {
  const got = make('ndcg').value(rankedUser([1, 3, 4, 7, 11], 5, 11), k);
  expect(got).toBeCloseTo(arithmetic, 14);
  expect(got).toBeCloseTo(published, 14);
});

// The decimal is scikit-learn 1.9.1's label_ranking_average_precision_score.
test('map over the whole list agrees with scikit-learn', () => {
  const got = make('map').value(rankedUser([1, 3, 4, 7, 11], 5, 11), 11);
  expect(got).toBeCloseTo((1 / 1 + 2 / 3 + 3 / 4 + 4 / 7 + 5 / 11) / 5, 14);
  expect(got).toBeCloseTo(0.6885281385281385, 14);
});
