import { expect, test } from 'vitest';
import { createSampler } from '../src/index.ts';
import { chiSquareDeviation, contextOf, epochOf, observedPairs, small } from './helpers.ts';

const pairs = [
  '0:0',
  '0:1',
  '0:2',
  '0:3',
  '0:4',
  '1:1',
  '3:0',
  '3:5',
  '3:10',
  '4:2',
  '4:3',
  '5:6',
  '5:7',
  '5:8',
  '5:9',
];
const sampler = (options: object, changes = {}) =>
  createSampler({ name: 'uniform', options: { ...options } }, contextOf(small, changes));

test('an epoch visits every positive once, the last batch short', () => {
  const shuffled = sampler({});
  expect(shuffled.steps).toBe(4);
  expect(epochOf(shuffled, 1).map(({ users }) => users.length)).toEqual([4, 4, 4, 3]);
  expect(observedPairs(shuffled, 1)).not.toEqual(pairs);
  expect(observedPairs(shuffled, 1).sort()).toEqual([...pairs].sort());
});

test('the order is a function of seed, epoch and stream', () => {
  const order = (changes = {}, epoch = 1) => observedPairs(sampler({}, changes), epoch).join(' ');
  expect(order()).toBe(order());
  expect(new Set([order(), order({}, 2), order({ seed: 8 }), order({ stream: 1 })]).size).toBe(4);
});

test('dropLast leaves out the short batch', () => {
  const dropped = sampler({ dropLast: true });
  expect(epochOf(dropped, 1).map(({ users }) => users.length)).toEqual([4, 4, 4]);
  expect(sampler({ dropLast: true }, { batchSize: 5 }).steps).toBe(3);
});

test('a sequential epoch goes by user and item', () => {
  expect(observedPairs(sampler({ order: 'sequential' }), 3)).toEqual(pairs);
});

test('with replacement, every positive is as likely as any other', () => {
  const drawn = sampler({ order: 'replacement' }, { batchSize: 15 });
  const counts = new Map(pairs.map((pair) => [pair, 0]));
  for (let epoch = 0; epoch < 400; epoch++)
    for (const p of observedPairs(drawn, epoch)) counts.set(p, counts.get(p)! + 1);
  expect([...counts.values()].reduce((a, b) => a + b)).toBe(400 * 15);
  expect(
    chiSquareDeviation(
      [...counts.values()],
      pairs.map(() => 1),
    ),
  ).toBeLessThan(5);
});

test('by users, every user with positives is as likely as any other, and so is each of the positives', () => {
  const drawn = sampler({ order: 'users' }, { batchSize: 15 });
  const counts = new Map(pairs.map((pair) => [pair, 0]));
  for (let epoch = 0; epoch < 400; epoch++)
    for (const p of observedPairs(drawn, epoch)) counts.set(p, counts.get(p)! + 1);
  const degree = (pair: string) => pairs.filter((other) => other[0] === pair[0]).length;
  expect(
    chiSquareDeviation(
      [...counts.values()],
      pairs.map((pair) => 1 / degree(pair)),
    ),
  ).toBeLessThan(5);
});

test('a step that the epoch does not have', () => {
  const four = sampler({});
  for (const step of [-1, 4, 0.5]) {
    expect(() => four.propose(1, step)).toThrow(`[samplers] expected a step in [0, 4), got ${step}; see sampler.steps`);
  }
});
