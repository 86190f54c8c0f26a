import type { RunResult } from '@losslab/core';
import { expect, test } from 'vitest';
import {
  distanceFromHalf,
  firstLoss,
  lastLoss,
  laterFall,
  ndcgOfGroups,
  secondsAnEpoch,
  shareAboveHalf,
  shareOfUpdates,
  updates,
} from '../src/claims/quantities.ts';
import type { Cell } from '../src/index.ts';
import { type Measured, readUnder } from '../src/report/measured.ts';
import { resultOf } from './results.ts';

const cell: Cell = { dataset: 'd', method: 'a', point: [], protocol: 'clean', seed: 1, config: {} as Cell['config'] };
/** A first epoch that counts nothing, then these. */
const counted = (...epochs: Record<string, number>[]): Partial<RunResult> => ({
  curve: [undefined, ...epochs].map((counts, k) => ({
    epoch: k + 1,
    loss: 1 / (k + 1),
    learningRate: 1,
    seconds: 1,
    ...(counts && { counts }),
  })),
});
const result = (overrides: Partial<RunResult> = {}): RunResult => resultOf(cell, 0.1, overrides);

test('losses of the first and the last epoch, its fall between them, and seconds an epoch', () => {
  const trained = { result: result() };
  expect([firstLoss, lastLoss, secondsAnEpoch].map(({ read }) => read(trained))).toEqual([1, 1 / 3, 1]);
  expect(laterFall.read(trained)).toBeCloseTo((1 - 1 / 3) / 1, 12);
  const fitted = { result: result({ epochs: 0, curve: [] }) };
  for (const { read } of [firstLoss, lastLoss, laterFall, secondsAnEpoch]) expect(read(fitted)).toBeUndefined();
});

test('updates by direction: one that no epoch counted is 0, nothing counted is unknown', () => {
  const trained = { result: result(counted({ direct: 3, inverse: 1 }, { direct: 1, inverse: 3 })) };
  expect(updates('inverse').read(trained)).toBe(4);
  expect(updates('pass').read(trained)).toBe(0);
  expect(shareOfUpdates('inverse', 'middle').read(trained)).toBe(0.25); // the second of three
  expect(shareOfUpdates('inverse', 'last').read(trained)).toBe(0.75);
  expect(shareOfUpdates('inverse', 'first').read(trained)).toBeUndefined(); // its first epoch counted nothing
  expect(updates('pass').read({ result: result() })).toBeUndefined();
});

test('what popularity groups add to NDCG', () => {
  const metrics = Object.fromEntries([1, 2, 3].map((group) => [`group-ndcg-${group}@20`, group]));
  const trained = { result: result({ metrics }) };
  expect(ndcgOfGroups(1, 3).read(trained)).toBe(1 + 2 + 3);
  expect(ndcgOfGroups(2, 3).read(trained)).toBe(2 + 3);
  expect(ndcgOfGroups(3, 4).read(trained)).toBeUndefined();
});

test('weights that the probe found', () => {
  const trained = { result: result(), probed: { positiveWeights: [0.75, 0.5, 1, 0.25] } };
  expect(shareAboveHalf('positiveWeights').read(trained)).toBe(2 / 4);
  expect(distanceFromHalf('positiveWeights').read(trained)).toBe((0.25 + 0 + 0.5 + 0.25) / 4);
  expect(shareAboveHalf('positiveWeights').read({ result: result() })).toBeUndefined();
});

test('claims read them over seeds; what more epochs would not change decides where the budget cut a training off', () => {
  const measured = [1, 3].map((loss, seed): Measured => {
    const { config: _, ...at } = { ...cell, seed };
    const curve = [loss, loss / 10].map((value, k) => ({ epoch: k + 1, loss: value, learningRate: 1, seconds: 1 }));
    return { ...at, key: `${seed}`, result: result({ curve }) }; // stopped by its epochs
  });
  const ours = readUnder(measured, 'clean', () => undefined, [firstLoss, lastLoss]);
  expect(ours('d', 'a', firstLoss.name, [])).toMatchObject({ mean: 2, count: 2, isUnfinished: false });
  expect(ours('d', 'a', lastLoss.name, [])).toMatchObject({ mean: 0.2, count: 2, isUnfinished: true });
  expect(ours('d', 'b', firstLoss.name, [])).toBeUndefined();
  expect(ours('d', 'a', 'recall@20', [])).toBeUndefined();
});
