import { hasInteraction, itemsOf } from '@losslab/core';
import { expect, test } from 'vitest';
import { createSampler } from '../src/index.ts';
import { chiSquareDeviation, contextOf, countByUser, epochOf, small } from './helpers.ts';

const sampler = (options: object, M = 4) =>
  createSampler({ name: 'uniform', options: { ...options } }, contextOf(small, { positives: M, negatives: 1 }));

test('with replacement, further positives are uniform over the user’s own', () => {
  const counts = countByUser(sampler({}), { epochs: 1000, users: 6, items: 12 }, ({ positives }, b) =>
    positives.data.subarray(b * 4 + 1, b * 4 + 4),
  );
  for (const user of [0, 1, 3, 4, 5]) {
    const law = counts[user]!.map((_, item) => Number(hasInteraction(small, user, item)));
    expect(chiSquareDeviation(counts[user]!, law)).toBeLessThan(5);
  }
});

test('column 0 is the observed item whatever M', () => {
  const observed = (options: object, M: number) =>
    epochOf(sampler(options, M), 1).flatMap(({ positives }) => [...positives.data].filter((_, at) => at % M === 0));
  expect(observed({}, 4)).toEqual(observed({}, 1));
  expect(observed({ furtherPositives: 'distinct' }, 4)).toEqual(observed({}, 1));
});

test('distinct ones are the user’s others, none twice while they last', () => {
  for (const batch of [1, 2, 3].flatMap((epoch) => epochOf(sampler({ furtherPositives: 'distinct' }, 4), epoch))) {
    for (const [b, user] of batch.users.entries()) {
      const row = [...batch.positives.data.subarray(b * 4, b * 4 + 4)];
      const own = [...itemsOf(small, user)];
      expect(row.every((item) => own.includes(item))).toBe(true);
      expect(new Set(row).size).toBe(Math.min(4, own.length));
    }
  }
});

test('distinct ones come in every order alike', () => {
  const counts = countByUser(
    sampler({ furtherPositives: 'distinct' }, 2),
    { epochs: 2000, users: 6, items: 12 },
    ({ positives }, b) => positives.data.subarray(b * 2 + 1, b * 2 + 2),
  );
  expect(chiSquareDeviation(counts[0]!, [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])).toBeLessThan(5);
});

test('a user with one positive repeats it', () => {
  for (const furtherPositives of ['replacement', 'distinct']) {
    for (const { users, positives } of epochOf(sampler({ furtherPositives }), 1)) {
      const b = users.indexOf(1);
      if (b >= 0) expect([...positives.data.subarray(b * 4, b * 4 + 4)]).toEqual([1, 1, 1, 1]);
    }
  }
});
