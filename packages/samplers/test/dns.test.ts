import type { ScoreFn } from '@losslab/core';
import { hasInteraction } from '@losslab/core';
import { expect, test } from 'vitest';
import { createSampler } from '../src/index.ts';
import { chiSquareDeviation, contextOf, negativesOf, small } from './helpers.ts';

/** Item i scores as rank[i]: no two alike. */
const rank = Float32Array.of(5, 0, 9, 3, 11, 1, 7, 2, 10, 4, 8, 6);
const score: ScoreFn = (_users, { data }) => data.map((item) => rank[item]!) as unknown as Float32Array;

test.each([1, 2, 5])('of %i uniform draws it takes the hardest', (candidates) => {
  const sampler = createSampler({ name: 'dns', options: { candidates } }, contextOf(small));
  const counts = new Array<number>(12).fill(0);
  for (let epoch = 1; epoch <= 1500; epoch++) {
    const batch = sampler.refine!(sampler.propose(epoch, 0), score);
    batch.users.forEach((user, b) => {
      if (user === 0) for (const item of negativesOf(batch, b)) counts[item]!++;
    });
  }
  // P(max of M draws from n items is the one with k below it) = ((k + 1) / n)^M − (k / n)^M.
  const left = [...rank.keys()].filter((item) => !hasInteraction(small, 0, item));
  const below = (item: number): number => left.filter((other) => rank[other]! < rank[item]!).length;
  const law = counts.map((_, item) => {
    if (!left.includes(item)) return 0;
    return ((below(item) + 1) / left.length) ** candidates - (below(item) / left.length) ** candidates;
  });
  expect(chiSquareDeviation(counts, law)).toBeLessThan(5);
});

test('what it proposes before scores are known is uniform sampling, the same with one candidate afterwards', () => {
  const one = createSampler({ name: 'dns', options: { candidates: 1 } }, contextOf(small));
  const uniform = createSampler({ name: 'uniform' }, contextOf(small));
  const batch = one.refine!(one.propose(1, 0), score);
  expect(batch.negatives).toEqual(uniform.propose(1, 0).negatives);
  expect(one.propose(1, 0)).toEqual(uniform.propose(1, 0));
});

test('in-batch negatives cannot be chosen', () => {
  for (const name of ['dns', 'srns']) {
    expect(() => createSampler({ name }, contextOf(small, { negatives: 'in-batch' }))).toThrow(
      `[samplers] expected a number of negatives, got in-batch; ${name} chooses negatives row by row`,
    );
  }
});
