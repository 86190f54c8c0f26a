import type { RunResult } from '@losslab/core';
import { expect, test } from 'vitest';
import { anglesOf, correlationOf, potentialInPlane, varianceOf } from '../src/claims/probed-quantities.ts';
import {
  distanceFromHalf,
  epochsOf,
  epochsOfLoss,
  firstLoss,
  lastLoss,
  laterFall,
  ndcgGap,
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

const curveOf = (...epochs: Partial<RunResult['curve'][number]>[]): Partial<RunResult> => ({
  curve: epochs.map((of, k) => ({ epoch: k + 1, loss: 1, learningRate: 1, seconds: 1, ...of })),
});

test('epochs until the loss is near its least', () => {
  const of = (...losses: number[]) =>
    epochsOfLoss.read({ result: result(curveOf(...losses.map((loss) => ({ loss })))) });
  expect(of(11, 5, 1.6, 1.4, 1)).toBe(4); // 95 % of the way from 11 to 1 is at 1.5
  expect(of(11, 5, 1, 3)).toBe(3); // it may rise again
  expect(of(2, 2)).toBe(1);
  expect(of()).toBeUndefined();
});

test('epochs until a metric is near its best, on the validation part where there is one', () => {
  const { read } = epochsOf('likelihood');
  const on = (part: 'valid' | 'test', ...values: (number | undefined)[]) =>
    curveOf(...values.map((value) => (value === undefined ? {} : { [part]: { likelihood: value } })));
  expect(read({ result: result(on('valid', undefined, 0.5, undefined, 0.77, 0.8)) })).toBe(4); // 0.95 · 0.8 = 0.76
  expect(read({ result: result(on('test', 0.79, 0.8)) })).toBe(1);
  expect(read({ result: result(curveOf({})) })).toBeUndefined();
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
  expect(ndcgGap([3, 3], [1, 2]).read(trained)).toBe(3 - (1 + 2));
  expect(ndcgGap([3, 4], [1, 2]).read(trained)).toBeUndefined();
});

test('weights that the probe found', () => {
  const trained = { result: result(), probed: { positiveWeights: [0.75, 0.5, 1, 0.25] } };
  expect(shareAboveHalf('positiveWeights').read(trained)).toBe(2 / 4);
  expect(distanceFromHalf('positiveWeights').read(trained)).toBe((0.25 + 0 + 0.5 + 0.25) / 4);
  expect(shareAboveHalf('positiveWeights').read({ result: result() })).toBeUndefined();
});

test('variance and correlation of what the probe found', () => {
  const trained = {
    result: result(),
    probed: { a: [1, 2, 3, 6], up: [2, 4, 6, 12], down: [-1, -2, -3, -6], short: [1] },
  };
  expect(varianceOf('a').read(trained)).toBeCloseTo((2 ** 2 + 1 + 0 + 3 ** 2) / 4, 12);
  expect(correlationOf('a', 'up').read(trained)).toBeCloseTo(1, 12);
  expect(correlationOf('a', 'down').read(trained)).toBeCloseTo(-1, 12);
  expect(correlationOf('a', 'short').read(trained)).toBeUndefined();
  expect(varianceOf('b').read(trained)).toBeUndefined();
});

test('directions in the plane', () => {
  const round = Array.from({ length: 36 }, (_, k) => ((k + 0.5) * Math.PI) / 18).flatMap((t) => [
    Math.cos(t),
    Math.sin(t),
  ]);
  const trained = { result: result(), probed: { round, half: round.slice(0, 36), pair: [3, 0, 0, 7], none: [] } };
  const shares = ['round', 'half', 'pair', 'none'].map((list) => anglesOf(list).read(trained));
  expect(shares).toEqual([1, 1 / 2, 2 / 36, undefined]);
  expect(potentialInPlane('pair').read(trained)).toBeCloseTo(Math.exp(-2 * 2), 12); // (1, 0) and (0, 1)
  const [all, part] = ['round', 'half'].map((list) => potentialInPlane(list).read(trained)!);
  expect(all).toBeLessThan(part!);
  expect(potentialInPlane('none').read(trained)).toBeUndefined();
});

test('claims read them over seeds; what more epochs would not change decides where the budget cut a training off', () => {
  const measured = [1, 3].map((loss, seed): Measured => {
    const { config: _, ...at } = { ...cell, seed };
    const curve = [loss, loss / 10].map((value, k) => ({ epoch: k + 1, loss: value, learningRate: 1, seconds: 1 }));
    return { ...at, key: `${seed}`, result: result({ curve }), isUnfinished: true };
  });
  const ours = readUnder(measured, 'clean', () => undefined, [firstLoss, lastLoss]);
  expect(ours('d', 'a', firstLoss.name, [])).toMatchObject({ mean: 2, count: 2, isUnfinished: false });
  expect(ours('d', 'a', lastLoss.name, [])).toMatchObject({ mean: 0.2, count: 2, isUnfinished: true });
  expect(ours('d', 'b', firstLoss.name, [])).toBeUndefined();
  expect(ours('d', 'a', 'recall@20', [])).toBeUndefined();
});
