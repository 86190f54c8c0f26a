import { type Batch, hasInteraction, type LabelledPairs, type SamplerContext } from '@losslab/core';
import { expect, test } from 'vitest';
import { createSampler, holdOut, streamSampler } from '../src/index.ts';
import { allRows } from '../src/unlabelled-items.ts';
import {
  allocated,
  chiSquareDeviation,
  contextOf,
  countByUser,
  epochOf,
  fromLists,
  negativesOf,
  plain,
} from './helpers.ts';

const train = fromLists(8, [[0, 1], [2], [3, 4]]);
const labelledPairs: LabelledPairs = {
  users: Int32Array.of(0, 0, 0, 1, 1, 2, 2, 2, 2, 1),
  items: Int32Array.of(0, 1, 5, 2, 6, 3, 4, 0, 1, 7),
  labels: Float32Array.of(1, 1, 0, 1, 0, 1, 1, 0, 0, 0),
};
const context = (changes: Partial<SamplerContext> = {}) =>
  contextOf(train, { labelled: labelledPairs, positives: 0, negatives: 2, ...changes });
const rowsOf = ({ labelled }: Batch) =>
  [...labelled!.users].map((user, row) => `${user}:${labelled!.items[row]}:${labelled!.labels[row]}`);
const all = rowsOf({ labelled: labelledPairs } as Batch);
const everything = { part: 'all', holdOut: 0, order: 'shuffled', dropLast: false };

test('an epoch visits every labelled pair once', () => {
  const sampler = createSampler({ name: 'labelled' }, context());
  const batches = epochOf(sampler, 1);
  expect(batches.map(({ users }) => users.length)).toEqual([4, 4, 2]);
  expect(batches.flatMap(rowsOf)).not.toEqual(all);
  expect(batches.flatMap(rowsOf).sort()).toEqual([...all].sort());
  expect(batches.flatMap(({ users }) => [...users])).toEqual(batches.flatMap(({ labelled }) => [...labelled!.users]));
  expect(batches[2]!.positives).toMatchObject({ rows: 2, columns: 0 });
});

test('negatives are unlabelled: uniform over what the user is in no row with, of either label', () => {
  const seen = allRows(context());
  for (const name of ['labelled', 'unlabelled']) {
    const sampler = createSampler({ name }, context());
    expect(sampler.excludes).toBe('seen');
    const counts = countByUser(sampler, { epochs: 1000, users: 3, items: 8 }, negativesOf);
    for (const [user, row] of counts.entries()) {
      expect(
        chiSquareDeviation(
          row,
          row.map((_, item) => Number(!hasInteraction(seen, user, item))),
        ),
      ).toBeLessThan(5);
    }
  }
});

test('batches are pure, also when written into others', () => {
  const [one, two] = [createSampler({ name: 'labelled' }, context()), createSampler({ name: 'labelled' }, context())];
  const forth = epochOf(one, 1).map(plain);
  const back = [2, 1, 0].map((step) => plain(two.propose(1, step, one.propose(4, 0)))).reverse();
  expect(back).toEqual(forth);
});

test('unlabelled rows without labelled pairs follow the training rows', () => {
  const sampler = createSampler({ name: 'unlabelled' }, contextOf(train, { negatives: 0, batchSize: 5 }));
  const batch = sampler.propose(1, 0);
  expect([...batch.users].sort()).toEqual([0, 0, 1, 2, 2]);
  expect(batch.negatives).toMatchObject({ rows: 5, columns: 1 });
  expect(batch.labelled).toBeUndefined();
});

test('holdOut cuts the pairs in two, alike for every stream', () => {
  const { kept, heldOut } = holdOut(labelledPairs, 0.3, 7);
  const texts = (pairs: LabelledPairs) => rowsOf({ labelled: pairs } as Batch);
  expect(kept.labels).toHaveLength(7);
  expect([...texts(kept), ...texts(heldOut)].sort()).toEqual([...all].sort());
  expect(holdOut(labelledPairs, 0.3, 8)).not.toEqual({ kept, heldOut });
  const stream = (part: string, number: number) =>
    epochOf(
      createSampler({ name: 'labelled', options: { holdOut: 0.3, part } }, context({ stream: number })),
      1,
    ).flatMap(rowsOf);
  expect(stream('kept', 0).sort()).toEqual(texts(kept).sort());
  expect(stream('held-out', 1).sort()).toEqual(texts(heldOut).sort());
});

test('the samplers of a procedure’s streams', () => {
  const usual = { name: 'uniform', options: { exclude: 'nobody' } };
  const made = (source: 'positives' | 'labelled' | 'labelled-held-out' | 'unlabelled', changes = {}) =>
    streamSampler({ name: 's', source, holdOut: 0.3, ...changes }, usual, context({ positives: 2, batchSize: 100 }));
  expect(made('positives').propose(1, 0).positives.columns).toBe(2);
  expect(made('positives').excludes).toBe('nobody');
  expect(made('labelled').propose(1, 0).labelled!.labels).toHaveLength(7);
  expect(made('labelled-held-out').propose(1, 0).labelled!.labels).toHaveLength(3);
  expect(made('unlabelled').propose(1, 0)).toMatchObject({ negatives: { columns: 2 }, positives: { columns: 0 } });
  expect(made('positives', { sampler: { name: 'in-batch' } }).propose(1, 0).negatives).toBe('in-batch');
});

test('dispose gives all memory back', () => {
  const before = allocated();
  for (const name of ['labelled', 'unlabelled']) {
    const sampler = createSampler({ name }, context());
    sampler.propose(1, 0);
    sampler.dispose?.();
  }
  expect(allocated()).toBe(before);
});

test('wrong contexts', () => {
  const labelled = (changes: Partial<SamplerContext>) =>
    createSampler({ name: 'labelled', options: everything }, context(changes));
  expect(() => labelled({ labelled: undefined })).toThrow(
    '[samplers] expected labelled pairs, got none; use data with labels',
  );
  expect(() => labelled({ positives: 1 })).toThrow(
    '[samplers] expected positives = 0 with labelled rows, got 1; set positives to 0',
  );
  expect(() => labelled({ negatives: 'in-batch' })).toThrow('[samplers] expected a number of negatives, got in-batch');
  expect(() => holdOut(labelledPairs, 1, 1)).toThrow('[samplers] expected a share in [0, 1), got 1; hold out less');
  const full = fromLists(2, [[0], [1]]);
  const pairs = { users: Int32Array.of(1), items: Int32Array.of(0), labels: Float32Array.of(0) };
  expect(() => createSampler({ name: 'labelled' }, contextOf(full, { labelled: pairs, positives: 0 }))).toThrow(
    'got user 1, who has all 2',
  );
});
