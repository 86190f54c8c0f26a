import { expect, test } from 'vitest';
import * as report from '../src/index.ts';

test.each([
  [0, '0.0000'],
  [0.16165, '0.1616'],
  [1, '1.0000'],
  [Number.NaN, '–'],
])('metric %d is %s', (value, text) => expect(report.formatMetric(value)).toBe(text));

test.each([
  [0.00121, '+0.0012'],
  [-0.03, '−0.0300'],
  [0.00001, '±0.0000'],
  [-0.00001, '±0.0000'],
  [Number.NaN, '–'],
])('difference %d is %s', (value, text) => expect(report.formatDifference(value)).toBe(text));

test.each([
  [0.034, '+3.4 %'],
  [-0.5, '−50.0 %'],
  [0.0001, '±0.0 %'],
])('fraction %d is %s', (value, text) => expect(report.formatPercent(value)).toBe(text));

test.each([
  [0.04, '0.0 s'],
  [9.96, '10 s'],
  [59.6, '1 min 00 s'],
  [185, '3 min 05 s'],
  [3599.6, '1 h 00 min'],
  [7620, '2 h 07 min'],
])('%d seconds are %s', (seconds, text) => expect(report.formatSeconds(seconds)).toBe(text));

test.each([
  [512, '512 B'],
  [1536, '1.5 KiB'],
  [200 * 1024 ** 2, '200 MiB'],
  [1.5 * 1024 ** 3, '1.5 GiB'],
])('%d bytes are %s', (bytes, text) => expect(report.formatBytes(bytes)).toBe(text));

test.each([
  [0, '0'],
  [0.17, '0.17'],
  [0.001, '0.001'],
  [1e-9, '1e-9'],
  [-1.604e-6, '-1.604e-6'],
  [2048, '2048'],
  [1237259, '1,237,259'],
])('number %d is %s', (value, text) => expect(report.formatNumber(value)).toBe(text));

test('a summary divides by n − 1, and one value has no spread', () => {
  expect(report.summarise([1, 2, 4])).toEqual({ mean: 7 / 3, sd: Math.sqrt((16 / 9 + 1 / 9 + 25 / 9) / 2), count: 3 });
  expect(report.summarise([0.5])).toEqual({ mean: 0.5, sd: 0, count: 1 });
  expect(report.formatSummary(report.summarise([0.1, 0.3]))).toBe('0.2000 ± 0.1414');
  expect(report.formatSummary(report.summarise([0.1]))).toBe('0.1000');
});
