import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  FittedModel,
  Interactions,
  LossDefinition,
  ModelDefinition,
  Ranker,
  RunResult,
  TrainEvent,
} from '@losslab/core';
import { generate, injectFalsePositives } from '@losslab/data';
import { kernels } from '@losslab/kernels';
import { evaluate } from '@losslab/metrics';
import {
  finish,
  loadRun,
  prepare,
  type RunConfigInput,
  type TrainOptions,
  train,
  trainParts,
  trainSeeds,
} from '@losslab/trainer';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plugins } from './plugins.ts';

const { dataset } = generate({ users: 120, items: 150, interactionsPerUser: 20, seed: 3 });

const base: RunConfigInput = {
  model: { name: 'mf', dimension: 8, dropout: 0.1 },
  loss: { name: 'sl', tau: 0.2 },
  optimizer: { name: 'adam', learningRate: 0.02 },
  batchSize: 256,
  negatives: 16,
  epochs: 4,
  at: [5, 20],
  engine: 'simd',
};

const options = (config: RunConfigInput = {}): TrainOptions => ({ config: { ...base, ...config }, dataset, plugins });

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'losslab-train-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Brings a model along that can be made, and one that cannot. */
const wantsUnknownModel: LossDefinition = {
  ...plugins.losses.bpr!,
  create: (given, facts) => {
    const loss = plugins.losses.bpr!.create(given, facts);
    const auxiliary = { good: { model: 'mf', options: {} }, bad: { model: 'fm', options: {} } };
    return { ...loss, needs: { ...loss.needs, auxiliary } };
  },
};

async function fitted(model: FittedModel, data: Interactions): Promise<Ranker> {
  await model.fit(data);
  return model.ranker();
}

const timeless = ({ metrics, validation, curve, steps, bestEpoch }: RunResult) => ({
  metrics,
  validation,
  curve: curve.map((record) => ({ ...record, seconds: 0 })),
  steps,
  bestEpoch,
});

describe('train', () => {
  test('a step model beats popularity on generated data', async () => {
    const popularity = await finish(train({ ...options(), config: { model: 'itempop', at: [5, 20] } }));
    const result = await finish(train(options({ epochs: 25 })));
    expect(result.metrics['ndcg@20']).toBeGreaterThan(popularity.metrics['ndcg@20']!);
  });

  test('the result tells every option, with defaults filled in', async () => {
    const result = await finish(train(options({ epochs: 1 })));
    expect(result.loss).toEqual({ name: 'sl', options: { tau: 0.2 } });
    expect(result.model.options).toMatchObject({ dimension: 8, similarity: 'cosine', initialiser: 'xavierUniform' });
    expect(result.optimizer).toEqual({
      name: 'adam',
      options: { learningRate: 0.02, weightDecay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    });
    expect(result.options).toMatchObject({ positives: 1, negatives: 16, data: { name: 'generated' }, patience: 20 });
    expect(result.engine.name).toBe('simd');
    expect(result.definitions.recall).toMatch(/hits/);
    expect(result.evaluatedUserCount + result.leftOutUserCount).toBe(120);
    expect(result.peakMemoryBytes).toBeGreaterThan(1e7);
    expect(result.millisecondsPerStep).toBeGreaterThan(0);
    expect(Object.keys(result.versions)).toContain('@losslab/trainer');
  });

  test('the resolved configuration gives the same run', async () => {
    const first = await finish(train(options()));
    const again = await finish(train(options(JSON.parse(JSON.stringify(first.options)))));
    expect(timeless(again)).toEqual(timeless(first));
    expect(again.options).toEqual(first.options);
  });

  test.each([['adam'], ['lazyAdam'], ['adagrad'], ['sgd']])('%s resumes to the same bits', async (name) => {
    const config = { optimizer: { name, learningRate: 0.02 } };
    const whole = { ...options(config), out: join(dir, 'whole') };
    const broken = { ...options(config), out: join(dir, 'broken') };
    const result = await finish(train(whole));
    let resumed: RunResult | undefined;
    for (const stopAfter of [5, 12, Number.POSITIVE_INFINITY]) {
      const abort = new AbortController();
      let steps = 0;
      resumed = await finish(train({ ...broken, resume: true, signal: abort.signal }), ({ kind }) => {
        if (kind === 'step' && ++steps === stopAfter) abort.abort();
      });
    }
    expect(timeless(resumed!)).toEqual(timeless(result));
    const weights = (out: string) => {
      const folder = join(out, 'checkpoint');
      return readdirSync(folder)
        .filter((file) => file.endsWith('.safetensors'))
        .map((file) => [file, readFileSync(join(folder, file))]);
    };
    expect(weights(broken.out)).toEqual(weights(whole.out));
  });

  test('steps, epochs and evaluations leave no tensor and no block of memory behind', async () => {
    const tensors: number[] = [];
    const blocks: number[] = [];
    for await (const { kind } of train(options({ epochs: 5, negatives: 4 }))) {
      if (kind !== 'epoch') continue;
      tensors.push(tf.memory().numTensors);
      blocks.push(kernels().memory.usage.blocks);
    }
    expect(new Set(tensors.slice(1)).size).toBe(1);
    expect(new Set(blocks.slice(1)).size).toBe(1);
  });

  test('a run that ends leaves none either', async () => {
    await finish(train(options({ epochs: 1 })));
    const before = [tf.memory().numTensors, kernels().memory.usage.blocks];
    await finish(train(options({ epochs: 1 })));
    expect([tf.memory().numTensors, kernels().memory.usage.blocks]).toEqual(before);
    for await (const { kind } of train(options({ epochs: 1 }))) if (kind === 'step') break;
    expect([tf.memory().numTensors, kernels().memory.usage.blocks]).toEqual(before);
  });

  test('nor one that cannot begin', async () => {
    const before = [tf.memory().numTensors, kernels().memory.usage.blocks];
    for (const config of [{ at: [151] }, { optimizer: 'adan' }, { loss: 'broken' }]) {
      const losses = { ...plugins.losses, broken: wantsUnknownModel };
      const events = train({ ...options(config as RunConfigInput), plugins: { ...plugins, losses } });
      await expect(finish(events)).rejects.toThrow('[trainer] expected');
    }
    expect([tf.memory().numTensors, kernels().memory.usage.blocks]).toEqual(before);
  });

  test('clipNorm bounds what a step moves', async () => {
    const config = { epochs: 1, optimizer: { name: 'sgd', learningRate: 1 }, model: { name: 'mf', dimension: 8 } };
    const moved = async (clipNorm: number | null) => {
      const parts = prepare(options({ ...config, clipNorm, batchSize: 1 << 20 })); // one step
      const before = allValues(parts.model);
      await finish(trainParts(parts));
      const after = allValues(parts.model);
      parts.dispose();
      return Math.hypot(...after.map((value, at) => value - before[at]!));
    };
    const free = await moved(null);
    expect(await moved(free / 10)).toBeCloseTo(free / 10, 5);
    expect(await moved(free * 10)).toBeCloseTo(free, 6);
  });

  test('in-batch negatives, by number or by sampler', async () => {
    const byNumber = await finish(train(options({ negatives: 'in-batch', batchSize: 64, epochs: 1 })));
    const bySampler = await finish(train(options({ sampler: 'in-batch', batchSize: 64, epochs: 1 })));
    expect(bySampler.options.negatives).toBe('in-batch');
    expect(bySampler.curve[0]!.loss).toBeCloseTo(byNumber.curve[0]!.loss, 1);
  });
});

function allValues(model: TrainPartsModel): number[] {
  if (model.kind === 'fitted') return [];
  return Object.values(model.parameters.arrays()).flatMap(({ data }) => [...data]);
}
type TrainPartsModel = Parameters<typeof trainParts>[0]['model'];

describe('loadRun', () => {
  test('mask: at test, the items of validation are candidates or not; those of training never', async () => {
    const [seen, candidates] = await Promise.all(
      (['seen', 'train'] as const).map((mask) => finish(train({ ...options(), config: { model: 'itempop', mask } }))),
    );
    const { train: known, valid, test } = dataset;
    const parts = prepare({ config: { model: 'itempop' }, dataset, plugins });
    const ranker = await fitted(parts.model as FittedModel, known);
    const expected = evaluate({ ranker, train: known, test, at: [20] }).metrics['recall@20'];
    expect(candidates!.metrics['recall@20']).toBe(expected);
    expect(seen!.metrics['recall@20']).toBe(
      evaluate({ ranker, train: known, valid: valid!, test, at: [20] }).metrics['recall@20'],
    );
    expect(candidates!.metrics['recall@20']).not.toBe(seen!.metrics['recall@20']);
    expect(candidates!.validation).toEqual(seen!.validation);
  });

  test('hands out the noise that was injected into the training part', async () => {
    const noisy = injectFalsePositives(dataset, 0.1, 1);
    const out = join(dir, 'run');
    await finish(train({ ...options({ epochs: 1 }), dataset: noisy, out }));
    const run = await loadRun(out, plugins);
    expect(run.falsePositives).toEqual(noisy.falsePositives);
    expect(run.train.indices).toEqual(noisy.train.indices);
    run.dispose();
  });

  test('gives the best weights, ids, parts and the result, without the data', async () => {
    const result = await finish(train({ ...options({ epochs: 12 }), out: join(dir, 'run') }));
    const run = await loadRun(join(dir, 'run'), plugins);
    expect(run.result).toEqual(result);
    expect(run.epoch).toBe(result.bestEpoch);
    expect(run.ids).toEqual(dataset.ids);
    expect([run.train.indices, run.valid!.indices]).toEqual([dataset.train.indices, dataset.valid!.indices]);
    const { metrics, values, users } = evaluate({ ...run, at: [5, 20], metrics: ['recall', 'ndcg'] });
    expect(metrics['ndcg@20']).toBe(result.metrics['ndcg@20']);
    expect(run.perUser!.users).toEqual(users);
    expect(run.perUser!.values['recall@5']).toEqual(values['recall@5']);
    run.dispose();
  });

  test('an interrupted run has weights too', async () => {
    const abort = new AbortController();
    const out = join(dir, 'run');
    await finish(train({ ...options(), out, signal: abort.signal }), (event: TrainEvent) => {
      if (event.kind === 'step' && event.epoch === 3) abort.abort();
    });
    const run = await loadRun(out, plugins);
    expect(run.result!.status).toBe('interrupted');
    expect(run.epoch).toBeGreaterThan(0);
    run.dispose();
  });

  test('a fitted model', async () => {
    const out = join(dir, 'pop');
    const result = await finish(train({ config: { model: 'itempop', at: [5] }, dataset, plugins, out }));
    expect(result).toMatchObject({ epochs: 0, bestEpoch: 0, stoppedBy: 'fit', curve: [], steps: 0 });
    expect(result.loss).toBeUndefined();
    expect(result.validation!['recall@5']).toBeGreaterThan(0);
    const run = await loadRun(out, plugins);
    const { metrics } = evaluate({ ...run, at: [5], metrics: ['recall'] });
    expect(metrics['recall@5']).toBe(result.metrics['recall@5']);
    run.dispose();
  });

  test('a fitted model that is aborted is interrupted, whether or not it throws', async () => {
    const abort = new AbortController();
    const definition = plugins.models.itempop!;
    const slow: ModelDefinition = {
      ...definition,
      create: (given, context) => {
        const model = definition.create(given, context) as FittedModel;
        return {
          ...model,
          fit: async (_, signal) => {
            abort.abort();
            signal!.throwIfAborted();
          },
        };
      },
    };
    const options = { config: { model: 'slow', at: [5] }, dataset, plugins: { ...plugins, models: { slow } } };
    const result = await finish(train({ ...options, signal: abort.signal }));
    expect(result).toMatchObject({ status: 'interrupted', stoppedBy: 'interrupt', metrics: {} });
  });

  test('a folder that is no run, a run without weights, a model that nobody knows', async () => {
    await expect(loadRun(dir, plugins)).rejects.toThrow(
      `[trainer] expected a run in ${dir}, got none; give the folder that --out named`,
    );
    const abort = new AbortController();
    abort.abort();
    const out = join(dir, 'run');
    await finish(train({ ...options(), out, signal: abort.signal }));
    await expect(loadRun(out, plugins)).rejects.toThrow(`expected a run in ${out}, got no weights yet; resume the run`);
    const whole = join(dir, 'whole');
    await finish(train({ ...options({ epochs: 1 }), out: whole }));
    await expect(loadRun(whole, { models: {} })).rejects.toThrow('expected a known model, got "mf"');
  });
});

describe('trainSeeds', () => {
  test('one run a seed in a folder each, mean and sd', async () => {
    const seeds = [1, 2, 2, 3];
    const events: number[] = [];
    const out = join(dir, 'seeds');
    const { runs, mean, sd } = await finish(
      trainSeeds({ ...options({ epochs: 2 }), seeds, out }),
      ({ seed, event }) => {
        if (event.kind === 'finish') events.push(seed);
      },
    );
    expect(events).toEqual([1, 2, 3]);
    expect(runs.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    expect(readdirSync(out).sort()).toEqual(['seed-1', 'seed-2', 'seed-3']);
    const [a, b, c] = runs.map(({ metrics }) => metrics['recall@5']!) as [number, number, number];
    const centre = (a + b + c) / 3;
    expect(mean['recall@5']).toBeCloseTo(centre, 12);
    expect(sd['recall@5']).toBeCloseTo(Math.sqrt(((a - centre) ** 2 + (b - centre) ** 2 + (c - centre) ** 2) / 2), 12);
  });

  test('an aborted one keeps what is finished', async () => {
    const abort = new AbortController();
    const seeds = trainSeeds({ ...options({ epochs: 1 }), seeds: [1, 2, 3], signal: abort.signal });
    const { runs, mean } = await finish(seeds, ({ seed, event }) => {
      if (seed === 2 && event.kind === 'step') abort.abort();
    });
    expect(runs.map(({ status }) => status)).toEqual(['finished', 'interrupted']);
    expect(mean).toEqual(runs[0]!.metrics);
  });
});

describe('what is wrong is told before the first step', () => {
  const failure = async (config: RunConfigInput): Promise<string> => {
    const { loss, ...rest } = { ...base, ...config };
    const given = 'loss' in config && config.loss === undefined ? rest : { ...rest, loss: loss! };
    const events: TrainEvent[] = [];
    const error = await finish(train({ ...options(), config: given }), (event) => events.push(event)).catch(
      (e: Error) => e,
    );
    expect(events).toEqual([]);
    return error instanceof Error ? error.message : 'nothing';
  };

  test.each([
    [{ loss: 'bsll' }, '[trainer] expected a known loss, got "bsll"; did you mean "bsl"?'],
    [{ model: 'mff' }, '[trainer] expected a known model, got "mff"; did you mean "mf"?'],
    [{ sampler: 'unifrom' }, '[trainer] expected a known sampler, got "unifrom"; did you mean "uniform"?'],
    [{ optimizer: 'adan' }, '[trainer] expected a known optimizer, got "adan"; did you mean "adam"?'],
    [{ loss: { name: 'sl', tua: 1 } }, '[loss sl] expected a known option of loss sl, got "tua"; did you mean "tau"?'],
    [{ loss: { name: 'sl', tau: 0 } }, '[loss sl] tau: must be > 0'],
    [{ model: { name: 'mf', dimensions: 8 } }, 'got "dimensions"; did you mean "dimension"?'],
    [{ optimizer: { name: 'adam', lerningRate: 1 } }, 'got "lerningRate"; did you mean "learningRate"?'],
    [{ sampler: { name: 'uniform', exclude: 'all' } }, '[sampler uniform] exclude: must be "seen" or "nobody"'],
    [{ negatives: 0 }, '[trainer] expected at least 1 negatives a row for sl, got 0; set negatives'],
    [{ positives: 0 }, '[trainer] expected at least 1 positives a row for sl, got 0; set positives'],
    [{ loss: undefined }, '[trainer] expected a loss for mf, got none; name one of bce, bpr, bsl, sl'],
    [{ model: 'itempop' }, '[trainer] expected no loss with itempop, which is fitted, got sl; leave it out'],
    [{ at: [151] }, 'expected cut-offs up to the 150 items of generated, got 151'],
    [{ epoch: 3 } as RunConfigInput, '[run] expected a known option of run, got "epoch"; did you mean "epochs"?'],
  ])('%j', async (config, message) => {
    expect(await failure(config as RunConfigInput)).toContain(message);
  });
});
