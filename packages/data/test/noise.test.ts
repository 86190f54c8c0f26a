import { hasInteraction, interactionsFromTable, itemsOf } from '@losslab/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { injectFalsePositives, openDataset, withFalsePositives } from '../src/index.ts';
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

test('a data set opened with false positives keeps them as the truth, and its held-out parts as they were', async () => {
  for (const protocol of ['clean', 'paper'] as const) {
    const clean = await openDataset('generated', { protocol, seed: 1 });
    const noisy = await openDataset('generated', { protocol, seed: 1, falsePositives: 0.2 });
    const { train, falsePositives, valid, test: held, table, provenance } = noisy;
    expect({ valid, held }).toEqual({ valid: clean.valid, held: clean.test });
    expect(train.indices.length).toBe(clean.train.indices.length + falsePositives!.indices.length);
    expect(table!.users.length).toBe(clean.table!.users.length + falsePositives!.indices.length);
    for (let u = 0; u < train.userCount; u++) {
      const [own, wrong] = [itemsOf(clean.train, u), itemsOf(falsePositives!, u)];
      expect(wrong.length).toBe(Math.round(0.2 * own.length));
      expect([...itemsOf(train, u)]).toEqual([...own, ...wrong].sort((a, b) => a - b));
      for (const item of wrong) {
        expect(hasInteraction(held, u, item) || (valid !== undefined && hasInteraction(valid, u, item))).toBe(false);
      }
    }
    expect(provenance.at(-1)).toContain('20 % of each user');
  }
});

test('labelled data take no false positives', async () => {
  const dataset = await openDataset('generated', { protocol: 'paper', seed: 1 });
  const pairs = { users: new Int32Array(0), items: new Int32Array(0), labels: new Float32Array(0) };
  expect(() => injectFalsePositives({ ...dataset, labelled: { train: pairs, test: pairs } }, 0.1, 1)).toThrow(
    '[data] expected no false positives in labelled data, got 0.1; leave it out, or take data without labels',
  );
});
