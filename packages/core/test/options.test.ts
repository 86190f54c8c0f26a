import { editDistance, nearestName, parseOptions, unknownName } from '@losslab/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const schema = z.strictObject({
  tau1: z.number().positive('must be > 0 (eq. 18)').default(0.1),
  tau2: z.number().default(0.2),
});

describe('parseOptions', () => {
  test('fills in defaults', () => {
    expect(parseOptions(schema, { tau1: 0.3 }, 'loss bsl')).toEqual({ tau1: 0.3, tau2: 0.2 });
    expect(parseOptions(schema, undefined, 'loss bsl')).toEqual({ tau1: 0.1, tau2: 0.2 });
  });

  test('names the key and the value that it does not take', () => {
    expect(() => parseOptions(schema, { tau1: 0 }, 'loss bsl')).toThrow('[loss bsl] tau1: must be > 0 (eq. 18), got 0');
  });

  test('names the nearest key for one that it does not know', () => {
    expect(() => parseOptions(schema, { tua1: 1 }, 'loss bsl')).toThrow(
      '[loss bsl] expected a known option of loss bsl, got "tua1"; did you mean "tau1"? (known: tau1, tau2)',
    );
  });
});

test('shows a bare name that stands where an object was expected', () => {
  const named = z.preprocess(
    (value) => (typeof value === 'string' ? { name: value } : value),
    z.object({ name: z.enum(['a']) }),
  );
  expect(() => parseOptions(z.strictObject({ field: named }), { field: 'b' }, 'run')).toThrow(
    '[run] field.name: must be "a", got "b"',
  );
});

test.each([
  [z.number().min(1), 0, 'must be >= 1, got 0'],
  [z.number().lt(1), 2, 'must be < 1, got 2'],
  [z.int(), 1.5, 'must be a whole number, got 1.5'],
  [z.number(), 'x', 'must be a number, got "x"'],
  [z.boolean(), 1, 'must be true or false, got 1'],
  [z.array(z.int()).min(1), [], 'must have at least 1 entry, got []'],
  [z.string().min(1), '', 'must not be empty, got ""'],
  [z.enum(['dot', 'cosine']), 'cos', 'must be "dot" or "cosine", got "cos"'],
  [z.union([z.int().min(0), z.literal('in-batch')]), 'all', 'must be a number or "in-batch", got "all"'],
  [
    z.discriminatedUnion('name', [z.object({ name: z.literal('a') }), z.object({ name: z.literal('b') })]),
    { name: 'c' },
    'must be "a" or "b", got "c"',
  ],
])('says what a value must be (%#)', (field, value, message) => {
  expect(() => parseOptions(z.strictObject({ field }), { field: value }, 'run')).toThrow(message);
});

describe('nearest name', () => {
  test.each([
    ['', '', 0],
    ['bsl', 'bsl', 0],
    ['bls', 'bsl', 1],
    ['bls', 'bce', 2],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ])('distance of %s and %s is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  test('offers nothing for what is nowhere near', () => {
    expect(nearestName('lightgcn', ['mf', 'itempop'])).toBeUndefined();
    expect(unknownName('model', 'lightgcn', ['mf', 'itempop'], 'models').message).toBe(
      '[models] expected a known model, got "lightgcn" (known: itempop, mf)',
    );
  });
});
