import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from '@losslab/data';
import { bpo, nbpo } from '@losslab/loss-nbpo';
import { metrics } from '@losslab/metrics';
import { mf } from '@losslab/models';
import { samplers } from '@losslab/samplers';
import {
  decodeSafetensors,
  finish,
  type Plugins,
  prepare,
  type RunConfigInput,
  train,
  trainParts,
} from '@losslab/trainer';
import { afterAll, expect, test } from 'vitest';

const { dataset } = generate({ users: 60, items: 90, interactionsPerUser: 15, seed: 5 });
const plugins = { losses: { bpo, nbpo }, models: { mf }, samplers, metrics } as unknown as Plugins;
const config: RunConfigInput = {
  model: { name: 'mf', dimension: 6, initialiser: 'uniform' },
  loss: { name: 'nbpo', L: 4 },
  optimizer: { name: 'sgd', learningRate: 0.5 },
  schedule: { name: 'exponential', decay: 0.99 },
  batchSize: 200,
  epochs: 6,
  evaluateEvery: 0, // the last epoch's weights are the result
  at: [5],
  engine: 'simd',
};

const folder = mkdtempSync(join(tmpdir(), 'losslab-nbpo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Trains and hands out every parameter, those of Γ̂ among them. */
async function trained(changes: RunConfigInput = {}) {
  const parts = prepare({ config: { ...config, ...changes }, dataset, plugins });
  const result = await finish(trainParts(parts));
  const arrays = parts.parameters!.arrays();
  parts.dispose();
  return { result, arrays };
}

function lastWeights(out: string) {
  const path = join(out, 'checkpoint');
  const file = readdirSync(path).find((name) => name.startsWith('last-'))!;
  return decodeSafetensors(readFileSync(join(path, file)), file).arrays;
}

test('Γ̂ starts where the paper’s code starts it: P in [0, 5/√L), Q in (−5/√L, 0]', () => {
  const parts = prepare({ config, dataset, plugins });
  const { 'gamma.users': P, 'gamma.items': Q } = parts.auxiliary!.gamma!.parameters.arrays();
  expect(P!.shape).toEqual([60, 4]);
  expect(Q!.shape).toEqual([90, 4]);
  expect(P!.data.every((p) => p >= 0 && p < 5 / 2)).toBe(true);
  expect(Q!.data.every((q) => q > -5 / 2 && q <= 0)).toBe(true);
  parts.dispose();
});

test('the trainer trains Γ̂ with its own λ_Φ and leaves λ_Θ to the model', async () => {
  const free = (await trained()).arrays;
  const held = (await trained({ loss: { name: 'nbpo', L: 4, lambda: 1.5 } })).arrays;
  const norm = (data: ArrayLike<number>): number => Math.hypot(...Array.from(data));
  for (const name of ['gamma.users', 'gamma.items']) {
    expect(norm(held[name]!.data), name).toBeLessThan(0.1 * norm(free[name]!.data));
  }
  for (const name of ['users', 'items']) expect(norm(held[name]!.data)).toBeGreaterThan(0.5 * norm(free[name]!.data));
});

test('a run that is interrupted and resumed ends with the same bits, Γ̂’s among them', async () => {
  const loss = { name: 'nbpo', L: 4, lambda: 0.01 };
  const whole = join(folder, 'whole');
  const parted = join(folder, 'parted');
  const run = { config: { ...config, loss }, dataset, plugins };
  const expected = await finish(train({ ...run, out: whole }));
  const abort = new AbortController();
  await finish(train({ ...run, out: parted, signal: abort.signal }), (event) => {
    if (event.kind === 'step' && event.epoch === 3 && event.step === 1) abort.abort();
  });
  const found = await finish(train({ ...run, out: parted, resume: true }));
  expect(found.metrics).toEqual(expected.metrics);
  expect(found.curve.map(({ loss }) => loss)).toEqual(expected.curve.map(({ loss }) => loss));
  expect(lastWeights(parted)).toEqual(lastWeights(whole));
});

test('without a noise model there is nothing of it in a run', async () => {
  const { arrays, result } = await trained({ loss: { name: 'nbpo', L: 0 } });
  expect(Object.keys(arrays)).toEqual(['users', 'items']);
  expect(result.curve.at(-1)!.loss).toBeLessThan(result.curve[0]!.loss);
});
