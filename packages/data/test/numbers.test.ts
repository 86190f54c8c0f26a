import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseIndex, parseNumber } from '../src/read/numbers.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const parsed = (text: string) => parseNumber(bytesOf(`x${text}x`), 1, text.length + 1);

test('numbers are what Number makes of their text, to the bit', () => {
  const decimal = fc.tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 25 })).map(([n, k]) => {
    const digits = String(Math.abs(n)).padStart(k + 1, '0');
    return `${n < 0 ? '-' : ''}${digits.slice(0, digits.length - k)}${k > 0 ? `.${digits.slice(-k)}` : ''}`;
  });
  const written = fc.oneof(decimal, fc.double({ noNaN: true, noDefaultInfinity: true }).map(String));
  fc.assert(fc.property(written, (text) => Object.is(parsed(text), Number(text))));
});

test.each(['', '-', '.', 'x', '1x', '1.2.3', '0x10', '1e', 'NaN', 'Infinity', ' 1', '1 ', '--1', '1_000'])(
  'no number is %j',
  (text) => {
    expect(parsed(text)).toBeNaN();
  },
);

test.each(['3.', '+3', '3e0', '30e-1'])('three is %j', (text) => {
  expect(parsed(text)).toBe(3);
});

test('indices are digits alone, below 2³¹', () => {
  const index = (text: string) => parseIndex(bytesOf(text), 0, text.length);
  expect(['0', '7', '2147483647', '007'].map(index)).toEqual([0, 7, 2 ** 31 - 1, 7]);
  expect(['', '2147483648', '99999999999', '-1', '1.0', '+1', '1 '].map(index)).toEqual([-1, -1, -1, -1, -1, -1, -1]);
});
