import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bsl, cellStore, inverse, planCells } from '../src/index.ts';
import { tsne } from '../src/probe/plane.ts';
import { gaussianPotential } from '../src/probe/potential.ts';
import { probeSteps } from '../src/probe/steps.ts';
import { trainCell } from '../src/train-cell.ts';

const signal = new AbortController().signal;
const onEvent = (): void => {};

async function trained(figure: string, paper = bsl) {
  const experiment = paper.experiments.find(({ id }) => id === figure)!;
  const selection = { datasets: ['generated'], budget: 'smoke', protocols: ['clean'], seeds: [1] } as const;
  const [cell] = planCells(experiment, selection);
  const out = mkdtempSync(join(tmpdir(), 'losslab-probe-'));
  const store = cellStore(out);
  const quick = { ...cell!, config: { ...cell!.config, epochs: 1 } };
  const result = await trainCell(quick, { out: store.workFolder(quick, 'k'.repeat(64)), signal, onEvent });
  store.write(quick, 'k'.repeat(64), result);
  return { store, key: 'k'.repeat(64), result };
}

test('what a batch shows is kept beside the cell, and so are metrics by user', { timeout: 60_000 }, async () => {
  const { store, key, result } = await trained('figure:4b');
  const { negativeScores, negativeWeights } = store.readProbed(key)!;
  // P* ∝ exp(s/τ) within a row of 32 negatives, τ = 0.09.
  const row = (values: readonly number[] | undefined) => values!.slice(0, 32);
  const exps = row(negativeScores).map((s) => Math.exp(s / 0.09));
  const sum = exps.reduce((a, b) => a + b, 0);
  for (const [n, weight] of row(negativeWeights).entries()) expect(weight).toBeCloseTo(exps[n]! / sum, 5);
  const { users, values } = store.readPerUser(key)!;
  expect(users.length).toBe(result.evaluatedUserCount);
  const mean = values['recall@20']!.reduce((a, b) => a + b, 0) / users.length;
  expect(mean).toBeCloseTo(result.metrics['recall@20']!, 12);
  expect(store.count()).toBe(1);
});

test('steps of training-test are kept by their direction, in order', { timeout: 120_000 }, async () => {
  const { store, key, result } = await trained('figure:6', inverse);
  const probed = store.readProbed(key)!;
  const numbers = Object.values(probed).flatMap((list) => list.filter((_, k) => k % 2 === 0));
  const counts = result.curve[0]!.counts!;
  for (const [name, count] of Object.entries(counts)) expect(probed[name]).toHaveLength(2 * count);
  expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, k) => k + 1));
});

test('steps are thinned evenly', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'losslab-probe-')), 'steps.jsonl');
  const step = (k: number) => ({ kind: 'step', loss: k / 10, ...(k > 0 && { counts: { [k % 2 ? 'a' : 'b']: 1 } }) });
  writeFileSync(path, Array.from({ length: 10 }, (_, k) => `${JSON.stringify(step(k))}\n`).join(''));
  expect(probeSteps({ kind: 'steps', most: 3 }, path)).toEqual({ a: [1, 0.1, 7, 0.7], b: [4, 0.4] });
});

test('weights are looked at before the first step of training-test and at the end, and looking changes nothing', {
  timeout: 120_000,
}, async () => {
  const { store, key, result } = await trained('figure:4', inverse);
  const { firstPositiveWeights, firstNegativeWeights, positiveWeights } = store.readProbed(key)!;
  for (const [k, w1] of firstPositiveWeights!.entries()) expect(w1 + firstNegativeWeights![k]!).toBeCloseTo(1, 6);
  expect(firstPositiveWeights).not.toEqual(positiveWeights);
  expect(result.metrics).toEqual((await trained('figure:6', inverse)).result.metrics);
});

test('items alone are brought to the plane, and how evenly their vectors are spread is kept', {
  timeout: 60_000,
}, async () => {
  const { store, key } = await trained('figure:10');
  const { hotItems, coldItems, hotUsers, itemPotential } = store.readProbed(key)!;
  expect([hotItems!.length, coldItems!.length, hotUsers!.length]).toEqual([2 * 200, 2 * 200, 0]);
  expect(itemPotential).toHaveLength(1);
  expect(itemPotential![0]).toBeGreaterThan(Math.exp(-8)); // all pairs opposite
  expect(itemPotential![0]).toBeLessThan(1); // all equal
});

test('the Gaussian potential is of directions: 1 where all are one, and for three axes e^-4', () => {
  expect(
    gaussianPotential([
      [3, 4],
      [6, 8],
      [30, 40],
    ]),
  ).toBeCloseTo(1, 12);
  expect(
    gaussianPotential([
      [1, 0, 0],
      [0, 2, 0],
      [0, 0, 3],
    ]),
  ).toBeCloseTo(Math.exp(-4), 12);
  expect(
    gaussianPotential([
      [1, 0],
      [-5, 0],
      [0, 1],
    ]),
  ).toBeCloseTo((Math.exp(-8) + 2 * Math.exp(-4)) / 3, 12);
});

test('t-SNE keeps two clusters apart, and the same rows and seed give the same points', () => {
  const rows = Array.from({ length: 40 }, (_, k) => [k < 20 ? 10 : -10, (k % 5) / 10, (k % 7) / 10]);
  const points = tsne(rows, 1);
  expect(tsne(rows, 1)).toEqual(points);
  const centre = (from: number, d: number) => points.slice(from, from + 20).reduce((sum, p) => sum + p[d]!, 0) / 20;
  const between = Math.hypot(centre(0, 0) - centre(20, 0), centre(0, 1) - centre(20, 1));
  const within = points.slice(0, 20).map(([x, y]) => Math.hypot(x! - centre(0, 0), y! - centre(0, 1)));
  expect(between).toBeGreaterThan(2 * Math.max(...within));
});
