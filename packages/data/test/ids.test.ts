import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdIndex } from '../src/read/ids.ts';

test('ids are numbered as they first come, whatever their bytes', () => {
  const id = fc.oneof(
    fc.integer({ min: 0, max: 40 }).map(String),
    fc.nat().map(String),
    fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
    fc.constantFrom(
      '0',
      '00',
      '007',
      '7',
      '1234567',
      '12345678',
      'abcdefg',
      'abcdefgh',
      'abcdefghi',
      '\u0000',
      '\u0000\u0000',
    ),
  );
  fc.assert(
    fc.property(fc.array(id, { maxLength: 300 }), (ids) => {
      const index = new IdIndex();
      const known = new Map<string, number>();
      for (const name of ids) {
        if (!known.has(name)) known.set(name, known.size);
        expect(index.numberOf(name)).toBe(known.get(name));
      }
      expect(index.names()).toEqual([...known.keys()]);
    }),
  );
});

test('many ids keep apart while the tables grow', () => {
  const index = new IdIndex();
  const names = Array.from({ length: 20_000 }, (_, k) => (k % 2 === 0 ? String(k * 731) : `user-${k}`));
  for (const round of [0, 1]) {
    names.forEach((name, k) => {
      if (index.numberOf(name) !== k) throw new Error(`round ${round}: ${name} is ${index.numberOf(name)}, not ${k}`);
    });
  }
  expect(index.size).toBe(names.length);
});
