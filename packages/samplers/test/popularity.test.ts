import { dataFacts, hasInteraction } from '@losslab/core';
import { expect, test } from 'vitest';
import { createSampler } from '../src/index.ts';
import { allocated, chiSquareDeviation, contextOf, countByUser, fromLists, negativesOf, small } from './helpers.ts';

const sampler = (options: object = {}, train = small) =>
  createSampler({ name: 'popularity', options: { ...options } }, contextOf(train));
const count = { epochs: 2000, users: 6, items: 12 };
const degrees = [...dataFacts(small).itemDegrees];

test('an item is drawn in proportion to degree^exponent', () => {
  for (const exponent of [0, 0.5, 1, 2]) {
    const counts = countByUser(sampler({ exponent, exclude: 'nobody' }), count, negativesOf);
    const law = degrees.map((degree) => degree ** exponent);
    for (const user of [0, 1, 3, 4, 5]) expect(chiSquareDeviation(counts[user]!, law)).toBeLessThan(5);
  }
});

test('the user’s own items are left out, the others keep their proportions', () => {
  const counts = countByUser(sampler(), count, negativesOf);
  for (const user of [0, 1, 3, 4, 5]) {
    const law = degrees.map((degree, item) => (hasInteraction(small, user, item) ? 0 : degree));
    expect(chiSquareDeviation(counts[user]!, law)).toBeLessThan(5);
  }
});

test('a user who has every item that anybody has is named before the first step', () => {
  const train = fromLists(4, [[0], [0, 1, 2]]);
  expect(() => sampler({}, train)).toThrow('got user 1, who has all 3; leave the user out');
  expect(sampler({ exponent: 0 }, train).propose(1, 0).users).toHaveLength(4);
});

test('dispose gives all memory back', () => {
  const before = allocated();
  const drawn = sampler();
  drawn.propose(1, 0);
  expect(allocated()).toBeGreaterThan(before);
  drawn.dispose?.();
  expect(allocated()).toBe(before);
});
