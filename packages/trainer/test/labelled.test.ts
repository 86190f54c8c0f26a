import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useEngine } from '@losslab/backend';
import type { Dataset, NamedArrays, RunResult, TrainEvent } from '@losslab/core';
import { bceLabelled, idl, ig, ns, rCe, tCe } from '@losslab/loss-inverse';
import { evaluate } from '@losslab/metrics';
import { toyDataset } from '@losslab/testkit';
import { finish, loadRun, type Plugins, prepare, type RunConfigInput, trainParts } from '@losslab/trainer';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { plugins as known } from './plugins.ts';

const plugins: Plugins = {
  ...known,
  losses: { ...known.losses, 'bce-labelled': bceLabelled, ns, 't-ce': tCe, 'r-ce': rCe, idl },
  steps: { ig },
};

let dir: string;
beforeAll(async () => {
  await useEngine('simd');
});
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'losslab-labelled-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const base: RunConfigInput = {
  model: { name: 'mf', dimension: 4 },
  optimizer: { name: 'adam', learningRate: 0.02 },
  epochs: 4,
  batchSize: 64,
  at: [2, 4],
};
const igRun: RunConfigInput = { ...base, loss: 'idl', step: { name: 'ig', holdOut: 0.25 } };

interface Outcome {
  readonly result: RunResult;
  readonly arrays: NamedArrays;
  readonly events: readonly TrainEvent[];
}

/** Trains with fresh parts, aborting after each of the given counts of steps and resuming. */
async function session(config: RunConfigInput, out?: string, at: readonly number[] = []): Promise<Outcome> {
  for (const stopAfter of [...at, Number.POSITIVE_INFINITY]) {
    const parts = prepare({ config, dataset: toyDataset(), plugins });
    const abort = new AbortController();
    const events: TrainEvent[] = [];
    let steps = 0;
    const place = out === undefined ? {} : { out, resume: true };
    const result = await finish(trainParts({ ...parts, ...place, signal: abort.signal }), (event) => {
      events.push(event);
      if (event.kind === 'step' && ++steps === stopAfter) abort.abort();
    });
    const arrays = parts.parameters!.arrays();
    parts.dispose();
    if (stopAfter === Number.POSITIVE_INFINITY) return { result, arrays, events };
  }
  throw new Error('unreachable');
}

describe('a loss that wants labels', () => {
  test.each(['bce-labelled', 'ns', 't-ce', 'r-ce', 'idl'])(
    '%s tells the tastes apart on the test part',
    async (loss) => {
      const { result } = await session({ ...base, loss, epochs: 12 });
      expect(result.sampler!.name).toBe('labelled');
      expect(result.metrics.auc).toBeGreaterThan(0.8);
      expect(result.options).toMatchObject({ stopOn: 'auc', positives: 0, negatives: loss === 'bce-labelled' ? 0 : 1 });
    },
  );

  test('is measured on labelled pairs and by ranking, unless the run says what to measure', async () => {
    const { result } = await session({ ...base, loss: 'idl', epochs: 1 });
    expect(Object.keys(result.metrics)).toEqual(
      expect.arrayContaining(['recall@4', 'auc', 'gauc', 'labelled-ndcg@4', 'labelled-mrr', 'label-likelihood']),
    );
    expect(result.labelled).toEqual({
      pairs: toyDataset().labelled!.test.labels.length,
      userCount: 24,
      oneClassUserCount: 0,
    });
    const { result: own } = await session({ ...base, loss: 'idl', epochs: 1, metrics: ['gauc'], stopOn: 'gauc' });
    expect(Object.keys(own.metrics)).toEqual(['gauc']);
    expect(own.evaluatedUserCount).toBe(24);
  });

  test('its run is evaluated again from its folder', async () => {
    const { result } = await session({ ...base, loss: 'idl' }, dir);
    const run = await loadRun(dir, plugins);
    expect(run.labelled).toEqual(toyDataset().labelled);
    const { labelled, valid, ...parts } = run;
    const again = evaluate({ ...parts, valid: valid!, pairs: labelled!.test, at: [2, 4], metrics: ['auc', 'gauc'] });
    expect(again.metrics).toEqual({ auc: result.metrics.auc, gauc: result.metrics.gauc });
    run.dispose();
  });
});

describe('step ig by its name', () => {
  test('learns, counts each training-test step once, and keeps the counts an epoch', async () => {
    const { result, events } = await session({ ...igRun, epochs: 12 });
    expect(result.step).toEqual({ name: 'ig', options: { holdOut: 0.25, innerOptimizer: 'adam' } });
    expect(result.metrics.auc).toBeGreaterThan(0.8);
    const pairs = toyDataset().labelled!.train.labels.length;
    const [kept, heldOut] = [0.75, 0.25].map((share) => Math.ceil((pairs * share) / 64));
    expect(result.steps).toBe(12 * (kept! + heldOut!));
    for (const { counts } of result.curve) {
      expect(Object.keys(counts!).every((name) => ['direct', 'inverse', 'pass'].includes(name))).toBe(true);
      expect(Object.values(counts!).reduce((sum, n) => sum + n)).toBe(heldOut);
    }
    expect(events.filter(({ kind }) => kind === 'warning')).toEqual([]);
  });

  test('wraps a loss that knows nothing of labels', async () => {
    const { result } = await session({ ...igRun, loss: 'bce', epochs: 12 });
    expect(result.sampler!.name).toBe('labelled');
    expect(result.metrics.auc).toBeGreaterThan(0.8);
  });

  test('resumes to the same bits in either stage, with its counts', async () => {
    const config = { ...igRun, epochs: 2 };
    const whole = await session(config, join(dir, 'whole'));
    const broken = await session(config, join(dir, 'broken'), [3, 4, 3]);
    expect(broken.arrays).toEqual(whole.arrays);
    expect(broken.result.curve.map(({ counts }) => counts)).toEqual(whole.result.curve.map(({ counts }) => counts));
  });

  test('α ≥ γ is told before the first step', async () => {
    const { events } = await session({ ...igRun, step: { name: 'ig', alpha: 0.02 }, epochs: 1 });
    const first = events.findIndex(({ kind }) => kind === 'step');
    expect(events.findIndex((event) => event.kind === 'warning' && event.message.includes('§3.2.3'))).toBeLessThan(
      first,
    );
    expect(events.filter(({ kind }) => kind === 'warning').length).toBe(1);
  });
});

describe('refused before the first step', () => {
  const toy = toyDataset();
  const oneClass = (part: 'train' | 'valid' | 'test'): Dataset => {
    const pairs = toy.labelled![part]!;
    const labels = new Float32Array(pairs.labels.length).fill(1);
    return { ...toy, labelled: { ...toy.labelled!, [part]: { ...pairs, labels } } };
  };
  const start = async (config: RunConfigInput, dataset: Dataset): Promise<unknown> => {
    const parts = prepare({ config, dataset, plugins });
    try {
      return await trainParts(parts).next();
    } finally {
      parts.dispose();
    }
  };

  test.each(['train', 'valid', 'test'] as const)('labelled pairs of one class in the %s part', async (part) => {
    await expect(start({ ...base, loss: 'idl' }, oneClass(part))).rejects.toThrow(
      `expected labelled ${part} pairs in toy of both labels, 0 and 1, got`,
    );
  });

  test('α ≤ 0, an unknown step, an unknown option of it', async () => {
    const step = (given: object) => start({ ...igRun, step: { name: 'ig', ...given } }, toy);
    await expect(step({ alpha: 0 })).rejects.toThrow('[step ig] alpha: must be > 0 (Algorithm 1), got 0');
    await expect(step({ name: 'gi' })).rejects.toThrow('expected a known step, got "gi"; did you mean "ig"?');
    await expect(step({ alfa: 1 })).rejects.toThrow('got "alfa"; did you mean "alpha"?');
  });

  test('metrics of labelled pairs, or ig, on data without labels', async () => {
    const { labelled: _, ...plain } = toy;
    await expect(start({ ...base, loss: 'bpr', metrics: ['auc'], stopOn: 'auc' }, plain)).rejects.toThrow(
      '[trainer] expected labelled pairs for metric auc, got none in toy;',
    );
    await expect(start({ ...igRun, loss: 'bce' }, plain)).rejects.toThrow(
      '[trainer] expected labelled pairs for ig, got none in toy;',
    );
  });
});
