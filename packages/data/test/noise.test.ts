import { hasInteraction, interactionsFromTable, itemsOf } from '@losslab/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withFalsePositives } from '../src/index.ts';
import { tables } from './tables.ts';

test('noise adds distinct new items to each user at the rate, none of them excluded', () => {
  fc.assert(
    fc.property(tables(), tables(), fc.constantFrom(0, 0.1, 0.5, 1, 3), fc.nat(), (a, b, rate, seed) => {
      const size = { userCount: 8, itemCount: 8 };
      const [data, exclude] = [interactionsFromTable({ ...a, ...size }), interactionsFromTable({ ...b, ...size })];
      const noisy = withFalsePositives(data, { rate, seed, exclude });
      expect(noisy).toEqual(withFalsePositives(data, { rate, seed, exclude }));
      for (let u = 0; u < 8; u++) {
        const own = itemsOf(data, u);
        const added = itemsOf(noisy, u).filter((item) => !own.includes(item));
        const free = Array.from({ length: 8 }, (_, item) => item).filter(
          (item) => !own.includes(item) && !hasInteraction(exclude, u, item),
        );
        expect(itemsOf(noisy, u).length - own.length).toBe(added.length);
        expect(added.length).toBe(Math.min(free.length, Math.round(rate * own.length)));
        for (const item of added) expect(free).toContain(item);
      }
    }),
  );
});

test('a rate below 0 is refused', () => {
  const data = interactionsFromTable({
    userCount: 1,
    itemCount: 1,
    users: new Int32Array(1),
    items: new Int32Array(1),
  });
  expect(() => withFalsePositives(data, { rate: -1, seed: 1 })).toThrow(
    '[data] expected a rate of 0 or more, got -1; mend it',
  );
});
