import { negativeIds } from '@losslab/core';
import { expect, test } from 'vitest';
import { createSampler } from '../src/index.ts';
import { contextOf, epochOf, fromLists, observedPairs, small } from './helpers.ts';

const sampler = (changes = {}, train = small) => createSampler({ name: 'in-batch' }, contextOf(train, changes));

test('negatives are the other rows’ observed items', () => {
  const batch = sampler({ positives: 2 }).propose(1, 0);
  expect(batch.negatives).toBe('in-batch');
  const { data, columns } = batch.positives;
  expect([...negativeIds(batch).data.subarray(0, 3)]).toEqual([1, 2, 3].map((row) => data[row * columns]));
});

test('a last batch of one row is left out: it would have no negatives', () => {
  expect(epochOf(sampler({ batchSize: 7 }), 1).map(({ users }) => users.length)).toEqual([7, 7]);
  expect(epochOf(sampler({ batchSize: 13 }), 1).map(({ users }) => users.length)).toEqual([13, 2]);
  expect(sampler({}, fromLists(2, [[0]])).steps).toBe(0);
});

test('it observes what the uniform sampler observes', () => {
  const uniform = createSampler({ name: 'uniform' }, contextOf(small));
  expect(observedPairs(sampler(), 1)).toEqual(observedPairs(uniform, 1));
});
