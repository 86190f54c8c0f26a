import { expect, test } from 'vitest';
import { density } from '../src/index.ts';

const integral = (points: readonly { x: number; y: number }[]): number =>
  points.slice(1).reduce((sum, { x, y }, k) => sum + ((y + points[k]!.y) / 2) * (x - points[k]!.x), 0);

test('a density integrates to 1, and agrees with its definition', () => {
  const values = [0, 1, 1, 2, 5];
  const estimate = density(values, { count: 400 });
  expect(integral(estimate)).toBeCloseTo(1, 2);
  const sd = Math.sqrt(((1.8 ** 2 + 0.8 ** 2 * 2 + 0.2 ** 2 + 3.2 ** 2) as number) / 4);
  const h = 0.9 * Math.min(sd, (2 - 1) / 1.34) * 5 ** -0.2;
  const { x, y } = estimate[200]!;
  const naive = values.map((v) => Math.exp(-((x - v) ** 2) / (2 * h * h)) / (h * Math.sqrt(2 * Math.PI)));
  expect(y).toBeCloseTo(naive.reduce((a, b) => a + b, 0) / 5, 12);
});

test('on a circle both ends are one place', () => {
  const near = [-3.1, 3.1, -3.0, 3.0, 2.9, -2.9];
  const circle = density(near, { range: [-Math.PI, Math.PI], period: 2 * Math.PI, count: 200 });
  expect(circle[0]!.y).toBeCloseTo(circle.at(-1)!.y, 12);
  expect(integral(circle)).toBeCloseTo(1, 1);
});

test('there is none of values that are all alike, and of none', () => {
  expect(density([1, 1, 1])).toEqual([]);
  expect(density([])).toEqual([]);
});
