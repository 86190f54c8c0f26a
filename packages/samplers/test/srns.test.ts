import { idMatrix, type ScoreFn } from '@losslab/core';
import { kernels } from '@losslab/kernels';
import { expect, test } from 'vitest';
import { countersOf } from '../src/counters.ts';
import { createSampler } from '../src/index.ts';
import { SrnsMemory } from '../src/srns-memory.ts';
import { drawPools } from '../src/srns-pools.ts';
import { contextOf, negativesOf, small } from './helpers.ts';

const options = { memory: 3, further: 4, pool: 8, alpha: 5, warmup: 2, temperature: 0.5 };

/** The model of an epoch: a score that moves from epoch to epoch, more for some items than for others. */
const scoreAt = (epoch: number, user: number, item: number): number =>
  Math.fround(Math.sin(13 * user + 7 * item) + 0.4 * Math.sin(item * item) * Math.cos(3 * epoch + user));

test('takes the largest likelihood plus α_t times its deviation over five epochs, by a naive account', () => {
  const context = contextOf(small, { negatives: 2 });
  const sampler = createSampler({ name: 'srns', options }, context);
  const pools = drawPools(context, options.pool, countersOf(context), kernels());
  let compared = 0;
  for (let epoch = 1; epoch <= 9; epoch++) {
    // Epoch e trains with the scores of epoch e; what ends epoch e is what begins epoch e + 1.
    const score: ScoreFn = (users, { data, columns }) =>
      Float32Array.from(data, (item, k) => scoreAt(epoch, users[Math.floor(k / columns)]!, item));
    for (let step = 0; step < sampler.steps; step++) {
      const memory = sampler.state!().memory!.data;
      const batch = sampler.refine!(sampler.propose(epoch, step), score);
      batch.users.forEach((user, b) => {
        const observed = batch.positives.data[b]!;
        const ends = [2, 3, 4, 5, 6, 7, 8, 9].filter((e) => e <= epoch).slice(-5);
        const likelihood = (e: number, item: number): number =>
          1 / (1 + Math.exp(scoreAt(e, user, observed) - scoreAt(e, user, item)));
        const value = (item: number): number => {
          const past = ends.map((e) => likelihood(e, item));
          const mean = past.reduce((sum, x) => sum + x, 0) / past.length;
          const sd = Math.sqrt(past.reduce((sum, x) => sum + (x - mean) ** 2, 0) / past.length);
          return likelihood(epoch, item) + (ends.length > 0 ? 5 * Math.min(1, (epoch - 1) / 2) * sd : 0);
        };
        const items = Array.from(memory.slice(user * 3, user * 3 + 3), (at) => pools.items[user * 8 + at]!);
        const best = items.toSorted((p, q) => value(q) - value(p)).slice(0, 2);
        expect([...negativesOf(batch, b)].map(value)).toEqual(best.map(value));
        compared++;
      });
    }
  }
  expect(compared).toBe(9 * 15);
});

test('the epochs’ deviations, not the hardest alone, decide', () => {
  const chosen = (alpha: number): number[] => {
    const sampler = createSampler({ name: 'srns', options: { ...options, alpha } }, contextOf(small, { negatives: 1 }));
    const out: number[] = [];
    for (let epoch = 1; epoch <= 6; epoch++) {
      const score: ScoreFn = (users, { data, columns }) =>
        Float32Array.from(data, (item, k) => scoreAt(epoch, users[Math.floor(k / columns)]!, item));
      for (let step = 0; step < sampler.steps; step++) {
        const batch = sampler.refine!(sampler.propose(epoch, step), score);
        out.push(...negativesOf(batch, 0));
      }
    }
    return out;
  };
  expect(chosen(5)).not.toEqual(chosen(0));
  expect(chosen(5).slice(0, 4)).toEqual(chosen(0).slice(0, 4)); // no past in the first epoch
});

test('a memory keeps an item in proportion to exp(s / τ)', () => {
  const context = contextOf(small);
  const pools = drawPools(context, 8, countersOf(context), kernels());
  const memory = new SrnsMemory(pools, { memory: 1, further: 1, temperature: 2 }, countersOf(context), kernels());
  let [kept, trials] = [0, 0];
  for (let step = 0; step < 4000; step++) {
    const batch = {
      epoch: 1,
      step,
      users: Int32Array.of(0, 5),
      positives: idMatrix(Int32Array.of(0, 6), 1),
      negatives: idMatrix(new Int32Array(2), 1),
    };
    const candidates = memory.candidates(batch);
    const before = [0, 5].map((user) => memory.state().memory!.data[user]!);
    memory.renew(batch, candidates, Float32Array.of(0, 2 * Math.log(3), 0, 2 * Math.log(3)));
    const after = [0, 5].map((user) => memory.state().memory!.data[user]!);
    for (const row of [0, 1]) {
      if (candidates.positions[2 * row] === candidates.positions[2 * row + 1]) continue;
      trials++;
      kept += Number(after[row] === before[row]);
    }
  }
  expect(Math.abs(kept / trials - 1 / 4)).toBeLessThan(4 * Math.sqrt(3 / 16 / trials));
});

test('sizes that do not fit are refused', () => {
  const made = (changes: object, negatives = 1) =>
    createSampler({ name: 'srns', options: { ...options, ...changes } }, contextOf(small, { negatives }));
  expect(() => made({ pool: 6 })).toThrow(
    '[samplers] expected pool ≥ memory + further = 7, got 6; raise pool, or lower further',
  );
  expect(() => made({}, 4)).toThrow('[samplers] expected memory ≥ 4 negatives, got 3; raise memory');
  const state = made({}).state!();
  expect(() => made({ pool: 9 }).load!(state)).toThrow('expected 270 numbers of pools, got 240; load what was saved');
});
