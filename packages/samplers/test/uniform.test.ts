import { hasInteraction } from '@losslab/core';
import { expect, test } from 'vitest';
import { createSampler } from '../src/index.ts';
import {
  chiSquareDeviation,
  contextOf,
  countByUser,
  epochOf,
  fromLists,
  negativesOf,
  observedPairs,
  plain,
  small,
} from './helpers.ts';

const sampler = (options: object = {}, changes = {}, train = small) =>
  createSampler({ name: 'uniform', options: { ...options } }, contextOf(train, changes));
const count = { epochs: 2000, users: 6, items: 12 };

test('shapes', () => {
  for (const [M, N] of [
    [1, 3],
    [4, 1],
    [0, 5],
    [2, 0],
    [0, 0],
  ] as const) {
    const [batch] = epochOf(sampler({}, { positives: M, negatives: N }), 1);
    expect(batch!.positives).toMatchObject({ rows: 4, columns: M });
    expect(batch!.positives.data).toHaveLength(4 * M);
    expect(batch!.negatives).toMatchObject({ rows: 4, columns: N });
    expect(negativesOf(batch!, 3)).toHaveLength(N);
    expect(batch!.users).toHaveLength(4);
  }
});

test('negatives are uniform over the items that the user does not have', () => {
  const seen = sampler();
  expect(seen.excludes).toBe('seen');
  for (const [user, counts] of countByUser(seen, count, negativesOf).entries()) {
    const law = counts.map((_, item) => (hasInteraction(small, user, item) ? 0 : 1));
    if (user !== 2) expect(chiSquareDeviation(counts, law)).toBeLessThan(5);
  }
});

test('or over all items, where nobody is left out', () => {
  const all = sampler({ exclude: 'nobody' });
  expect(all.excludes).toBe('nobody');
  for (const [user, counts] of countByUser(all, count, negativesOf).entries()) {
    if (user !== 2)
      expect(
        chiSquareDeviation(
          counts,
          counts.map(() => 1),
        ),
      ).toBeLessThan(5);
  }
});

test('noise odds weigh each of the user’s positives against each other item', () => {
  for (const noiseOdds of [0.25, 3]) {
    const noisy = sampler({ noiseOdds });
    expect(noisy.excludes).toBe('nobody');
    for (const [user, counts] of countByUser(noisy, count, negativesOf).entries()) {
      const law = counts.map((_, item) => (hasInteraction(small, user, item) ? noiseOdds : 1));
      if (user !== 2) expect(chiSquareDeviation(counts, law)).toBeLessThan(5);
    }
  }
});

test('noise odds of 0 leave out what the user has, of 1 nobody', () => {
  const batches = (options: object) => epochOf(sampler(options), 2).map(plain);
  expect(batches({ noiseOdds: 0 })).toEqual(batches({ exclude: 'seen' }));
  expect(batches({ noiseOdds: 1 })).toEqual(batches({ exclude: 'nobody' }));
  expect(sampler({ noiseOdds: 0 }).excludes).toBe('seen');
});

test('noise odds where a user has every item', () => {
  const train = fromLists(3, [[0, 1, 2], [1]]);
  const counts = countByUser(sampler({ noiseOdds: 2 }, {}, train), { epochs: 2000, users: 2, items: 3 }, negativesOf);
  expect(chiSquareDeviation(counts[0]!, [1, 1, 1])).toBeLessThan(5);
  expect(chiSquareDeviation(counts[1]!, [1, 2, 1])).toBeLessThan(5);
});

test('distinct negatives: every order of every N of the items left is as likely', () => {
  const drawn = sampler({ distinct: true }, { negatives: 2, batchSize: 15 }, fromLists(6, [[0, 4], [1]]));
  const orders = new Map([1, 2, 3, 5].flatMap((a) => [1, 2, 3, 5].filter((b) => b !== a).map((b) => [`${a},${b}`, 0])));
  for (let epoch = 0; epoch < 3000; epoch++) {
    const batch = drawn.propose(epoch, 0);
    for (const [b, user] of batch.users.entries()) {
      const order = negativesOf(batch, b).join();
      if (user === 0) orders.set(order, orders.get(order)! + 1);
    }
  }
  expect(orders.size).toBe(12);
  expect(chiSquareDeviation([...orders.values()], new Array(12).fill(1))).toBeLessThan(5);
});

test('distinct negatives that cannot be had are refused before the first step', () => {
  const train = fromLists(5, [[0], [], [0, 1, 2]]);
  const distinct = (options: object, negatives: number | 'in-batch') =>
    sampler({ distinct: true, ...options }, { negatives }, train);
  expect(distinct({}, 2).propose(1, 0).negatives).toMatchObject({ columns: 2 });
  expect(() => distinct({}, 3)).toThrow(
    '[samplers] expected 3 items for the distinct negatives of a row, got 2 left by user 2, who has 3; lower negatives, or set distinct to false',
  );
  expect(distinct({ exclude: 'nobody' }, 5).propose(1, 0).negatives).toMatchObject({ columns: 5 });
  expect(() => distinct({ exclude: 'nobody' }, 6)).toThrow('got 5 in all');
  expect(() => distinct({ noiseOdds: 2 }, 2)).toThrow(
    '[samplers] expected distinct with uniform negatives, got noiseOdds = 2; leave distinct out',
  );
  expect(() => distinct({}, 'in-batch')).toThrow('expected distinct with uniform negatives, got in-batch ones');
});

test('a batch is the same in any order of asking, and from another sampler of the same seed', () => {
  const one = sampler({}, { positives: 3 });
  const two = sampler({}, { positives: 3 });
  const forth = [1, 2].flatMap((epoch) => epochOf(one, epoch).map(plain));
  const back = [2, 1].flatMap((epoch) => [3, 2, 1, 0].map((step) => plain(two.propose(epoch, step)))).reverse();
  expect(back).toEqual(forth);
});

test('epochs, seeds and streams draw differently', () => {
  const options = { order: 'sequential' };
  const draws = [sampler(options), sampler(options, { seed: 8 }), sampler(options, { stream: 1 })].map((s) =>
    JSON.stringify([1, 2].map((epoch) => plain({ ...s.propose(epoch, 0), epoch: 0 }))),
  );
  expect(new Set(draws).size).toBe(3);
  const [first, second] = JSON.parse(draws[0]!);
  expect(first).not.toEqual(second);
});

test('batches that were handed out do not change', () => {
  const seen = sampler({}, { positives: 2 });
  const batch = seen.propose(1, 0);
  const before = plain(batch);
  seen.propose(1, 1);
  seen.dispose?.();
  sampler({}, { seed: 9 }).propose(1, 0);
  expect(plain(batch)).toEqual(before);
});

test('a batch written into another is the same batch', () => {
  const seen = sampler({}, { positives: 2 });
  const old = seen.propose(1, 0);
  const again = seen.propose(2, 3, old);
  expect(plain(again)).toEqual(plain(sampler({}, { positives: 2 }).propose(2, 3)));
  expect(again.users.buffer).toBe(old.users.buffer);
  const other = createSampler({ name: 'in-batch' }, contextOf(small)).propose(1, 0);
  expect(plain(seen.propose(2, 3, other))).toEqual(plain(again));
});

test('in-batch negatives of any sampler', () => {
  const batch = sampler({}, { negatives: 'in-batch' });
  expect(batch.excludes).toBe('nobody');
  expect(batch.propose(1, 0).negatives).toBe('in-batch');
});

test('a user with every item is named before the first step', () => {
  const train = fromLists(3, [[0], [0, 1, 2]]);
  expect(() => sampler({}, {}, train)).toThrow(
    '[samplers] expected an item left for every user, got user 1, who has all 3; leave the user out, or set exclude to "nobody"',
  );
  expect(observedPairs(sampler({ exclude: 'nobody' }, {}, train), 1)).toHaveLength(4);
  expect(observedPairs(sampler({}, { negatives: 'in-batch' }, train), 1)).toHaveLength(4);
  expect(observedPairs(sampler({}, { negatives: 0 }, train), 1)).toHaveLength(4);
});

test('wrong options', () => {
  expect(() => sampler({ exclud: 'seen' })).toThrow(
    'expected a known option of sampler uniform, got "exclud"; did you mean "exclude"?',
  );
  expect(() => sampler({ noiseOdds: -1 })).toThrow('[sampler uniform] noiseOdds');
  expect(() => sampler({ noiseOdds: 2 }, { negatives: 'in-batch' })).toThrow(
    '[samplers] expected noiseOdds with drawn negatives, got in-batch ones; give negatives a number',
  );
  expect(() => sampler({}, { batchSize: 0 })).toThrow('[samplers] expected batchSize ≥ 1, got 0; pass a whole number');
  expect(() => sampler({}, { positives: -1 })).toThrow('[samplers] expected positives ≥ 0, got -1');
  expect(() => sampler({}, { negatives: 1.5 })).toThrow('[samplers] expected negatives ≥ 0, got 1.5');
  expect(() => sampler({}, { stream: 1024 })).toThrow('[samplers] expected a stream in [0, 1024), got 1024');
  expect(() => sampler({}, {}, fromLists(3, [[]]))).toThrow('[samplers] expected training interactions, got none');
  expect(() => createSampler({ name: 'unifrom' }, contextOf(small))).toThrow('got "unifrom"; did you mean "uniform"?');
});
