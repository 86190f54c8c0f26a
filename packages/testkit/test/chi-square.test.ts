import { chiSquare, deviations } from '@losslab/testkit';
import { expect, test } from 'vitest';

test('Pearson’s χ², by hand', () => {
  // 60 throws of a die: (5−10)² + (8−10)² + (9−10)² + (8−10)² + (10−10)² + (20−10)² over 10
  const counts = [5, 8, 9, 8, 10, 20];
  const weights = [1, 1, 1, 1, 1, 1];
  expect(chiSquare(counts, weights)).toEqual({ statistic: (25 + 4 + 1 + 4 + 0 + 100) / 10, freedom: 5 });
});

test('what cannot be was drawn', () => {
  expect(chiSquare([10, 1], [1, 0]).statistic).toBe(Number.POSITIVE_INFINITY);
});

test('cells that expect fewer than 5 are put together', () => {
  const { statistic, freedom } = chiSquare([16, 3, 1], [16, 2, 2]);
  expect(statistic).toBeCloseTo(0, 12);
  expect(freedom).toBe(1);
});

test('upper quantiles of χ², against its tables', () => {
  // 95 %: 11.070 at 5 degrees of freedom, 124.342 at 100; 99.9 %: 20.515, 149.449. Normal: 1.645, 3.090
  expect(deviations({ statistic: 11.07, freedom: 5 })).toBeCloseTo(1.645, 1);
  expect(deviations({ statistic: 124.342, freedom: 100 })).toBeCloseTo(1.645, 2);
  expect(deviations({ statistic: 20.515, freedom: 5 })).toBeCloseTo(3.09, 1);
  expect(deviations({ statistic: 149.449, freedom: 100 })).toBeCloseTo(3.09, 2);
});
