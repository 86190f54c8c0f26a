import { useEngine } from '@losslab/backend';
import type { NamedArrays } from '@losslab/core';
import { openDataset } from '@losslab/data';
import { finish, loadRun, prepare, trainParts } from '@losslab/trainer';
import { expect, test } from 'vitest';
import { registry } from '../src/registry.ts';
import { temporaryFolder } from './support.ts';

const generate = { users: 60, items: 90, interactionsPerUser: 15 };
const dataset = await openDataset('generated', { protocol: 'clean', seed: 1, generate });

/** Trains four epochs, stopping after each of the given numbers of steps, and returns the weights. */
async function train(config: object, stops: readonly number[]): Promise<NamedArrays> {
  await useEngine('simd');
  const out = temporaryFolder();
  for (const [session, stop] of [...stops, Number.POSITIVE_INFINITY].entries()) {
    const run = { loss: { name: 'bce' }, seed: 2, epochs: 4, batchSize: 100, negatives: 2, ...config };
    const parts = prepare({ config: run as never, dataset, plugins: registry });
    const abort = new AbortController();
    let steps = 0;
    await finish(trainParts({ ...parts, out, resume: session > 0, signal: abort.signal }), (event) => {
      if (event.kind === 'step' && ++steps === stop) abort.abort();
    });
    parts.dispose();
  }
  const { arrays, dispose } = await loadRun(out, registry);
  dispose();
  return arrays;
}

const small = { layers: [8, 4], dimension: 4 };
test.each([
  { sampler: { name: 'dns' }, model: { name: 'mf', dimension: 8 } },
  { sampler: { name: 'dns', candidates: 3 }, model: { name: 'neumf', ...small } },
  { sampler: { name: 'srns', warmup: 2 }, model: { name: 'mf', dimension: 8 } },
  { sampler: { name: 'srns', warmup: 2 }, model: { name: 'neumf', ...small } },
  { sampler: { name: 'srns', warmup: 2 }, model: { name: 'lightgcn', dimension: 8, layers: 2 } },
])('$sampler.name with $model.name resumes to the same bits', async (config) => {
  const whole = await train(config, []);
  expect(await train(config, [3, 5, 9])).toEqual(whole);
  const uniform = await train({ ...config, sampler: { name: 'uniform' } }, []);
  expect(uniform).not.toEqual(whole);
});
