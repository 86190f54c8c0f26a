import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useEngine } from '@losslab/backend';
import type { NamedArrays, Step } from '@losslab/core';
import { evaluate } from '@losslab/metrics';
import { toyDataset, toyPlugins, toyTwoUpdates } from '@losslab/testkit';
import {
  finish,
  inspectBatch,
  loadRun,
  type Plugins,
  prepare,
  type RunConfigInput,
  trainParts,
} from '@losslab/trainer';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { plugins as known } from './plugins.ts';

const plugins: Plugins = {
  losses: toyPlugins.losses,
  models: toyPlugins.models,
  samplers: { ...known.samplers, ...toyPlugins.samplers },
  metrics: known.metrics,
};
const dataset = toyDataset();

let dir: string;
beforeAll(async () => {
  await useEngine('simd');
});
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'losslab-toys-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

interface What {
  readonly config: RunConfigInput;
  readonly step?: Step;
}

/** Trains with fresh parts, aborting after each of the given counts of steps and resuming. */
async function session({ config, step }: What, out: string, at: readonly number[]) {
  for (const stopAfter of [...at, Number.POSITIVE_INFINITY]) {
    const given = {
      optimizer: { name: 'adam', learningRate: 0.05 },
      model: 'toy-factors',
      epochs: 3,
      batchSize: 40,
      at: [2, 4],
      stopOn: 'recall@4',
      ...config,
    };
    const parts = prepare({ config: given, dataset, plugins, ...(step && { step }) });
    const abort = new AbortController();
    const chosen = new Set<string>();
    let steps = 0;
    const result = await finish(trainParts({ ...parts, out, resume: true, signal: abort.signal }), (event) => {
      if (event.kind !== 'step') return;
      for (const name of Object.keys(event.counts ?? {})) chosen.add(name);
      if (++steps === stopAfter) abort.abort();
    });
    const arrays: NamedArrays = parts.parameters!.arrays();
    parts.dispose();
    if (stopAfter === Number.POSITIVE_INFINITY) return { result, arrays, chosen };
  }
  throw new Error('unreachable');
}

const cases: [string, What][] = [
  ['labels', { config: { loss: 'toy-labelled', batchSize: 128 } }],
  ['an auxiliary model', { config: { loss: { name: 'toy-auxiliary', learningRate: 0.1 } } }],
  ['in-batch negatives', { config: { loss: 'toy-in-batch', negatives: 'in-batch' } }],
  ['facts of the data', { config: { loss: 'toy-facts' } }],
  ['stopped gradients', { config: { loss: 'toy-stopped', optimizer: { name: 'sgd', learningRate: 5 } } }],
  ['refine and its memory', { config: { loss: 'toy-facts', sampler: 'toy-hardest' } }],
  ['two updates a step', { config: { loss: 'toy-facts' }, step: toyTwoUpdates }],
  [
    'two updates, refine and an auxiliary model',
    { config: { loss: 'toy-auxiliary', sampler: 'toy-hardest' }, step: toyTwoUpdates },
  ],
];

describe('each width of the seam trains, and resumes to the same bits', () => {
  test.each(cases)('%s', async (_, what) => {
    const whole = await session(what, join(dir, 'whole'), []);
    const broken = await session(what, join(dir, 'broken'), [2, 4]);
    expect(broken.arrays).toEqual(whole.arrays);
    expect(broken.result.metrics).toEqual(whole.result.metrics);
    const [first, , last] = whole.result.curve.map(({ loss }) => loss);
    expect(broken.result.curve.map(({ loss }) => loss)).toEqual(whole.result.curve.map(({ loss }) => loss));
    expect(last).toBeLessThan(first!);
  });
});

test('the counts of a procedure come through', async () => {
  const { chosen } = await session({ config: { loss: 'toy-facts' }, step: toyTwoUpdates }, join(dir, 'run'), []);
  expect([...chosen].every((name) => ['direct', 'inverse', 'none'].includes(name))).toBe(true);
  expect(chosen.size).toBeGreaterThan(0);
});

test('a fitted model that ranks by a function, loaded back', async () => {
  const config = { model: 'toy-neighbours', at: [4] };
  const out = join(dir, 'run');
  const parts = prepare({ config, dataset, plugins });
  const result = await finish(trainParts({ ...parts, out }));
  parts.dispose();
  expect(result.metrics['recall@4']).toBeGreaterThan(0.5);
  const run = await loadRun(out, plugins);
  const { metrics } = evaluate({ ...run, at: [4], metrics: ['recall', 'ndcg'] });
  expect([metrics['recall@4'], metrics['ndcg@4']]).toEqual([result.metrics['recall@4'], result.metrics['ndcg@4']]);
  run.dispose();
});

test('what a loss shows of a batch', () => {
  const parts = prepare({ config: { model: 'toy-factors', loss: 'toy-stopped' }, dataset, plugins });
  if (parts.model.kind !== 'step') throw new Error('unreachable');
  const { weights } = inspectBatch({ model: parts.model, loss: parts.loss!, batch: parts.sampler!.propose(1, 0) });
  const [rows, columns] = weights!.shape as [number, number];
  expect(columns).toBe(3);
  for (let row = 0; row < rows; row++) {
    const sum = [...weights!.data.subarray(row * columns, (row + 1) * columns)].reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(1, 5);
  }
  parts.dispose();
});
