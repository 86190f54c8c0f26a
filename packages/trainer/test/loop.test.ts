import type { RunResult, Step, TrainEvent } from '@losslab/core';
import { finish, type RunConfigInput, singleUpdate, type TrainParts, trainParts } from '@losslab/trainer';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { toyParts, twoTastes } from './toy.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

async function run(parts: TrainParts): Promise<{ events: TrainEvent[]; result: RunResult }> {
  const events: TrainEvent[] = [];
  const result = await finish(trainParts(parts), (event) => events.push(event));
  return { events, result };
}

const withConfig = (config: RunConfigInput): ReturnType<typeof toyParts> => {
  const parts = toyParts();
  return { ...parts, config: { ...parts.config, ...config } as typeof parts.config };
};

const kinds = (events: readonly TrainEvent[]): string => events.map(({ kind }) => kind[0]).join('');

describe('trainParts', () => {
  test('learns, and tells what happens in order', async () => {
    const { events, result } = await run(withConfig({ epochs: 15 }));
    const losses = result.curve.map(({ loss }) => loss);
    expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]!);
    expect(result.metrics['recall@3']).toBeGreaterThan(0.4); // 3 of the 4 items of one's taste that are left, by chance 0.125
    expect(kinds(events)).toMatch(/^S(s{8}Eeb?){15}Ef$/i);
    expect(events[0]).toMatchObject({
      ...{ kind: 'start', epochs: 15, stepsPerEpoch: 8, stopOn: 'recall@3' },
      dataset: { name: 'two-tastes', checksum: 'two-tastes-20' },
      options: { loss: { name: 'toy-bpr' }, epochs: 15, seed: 1 },
      session: { epoch: 1, engine: { name: 'cpu', threads: 1 } },
    });
    expect(events.at(-1)).toEqual({ kind: 'finish', result });
    expect(result).toMatchObject({ status: 'finished', stoppedBy: 'epochs', epochs: 15, steps: 120, seed: 1 });
  });

  test('the mean loss of an epoch is the mean over its steps', async () => {
    const { events, result } = await run(withConfig({ epochs: 1 }));
    const losses = events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []));
    expect(result.curve[0]!.loss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / 8, 12);
  });

  test('the model ends with its best weights, and the result is theirs', async () => {
    const parts = withConfig({ epochs: 12, patience: null });
    const kept: Float32Array[] = [];
    let result: RunResult | undefined;
    for await (const event of trainParts(parts)) {
      if (event.kind === 'epoch') kept.push(parts.model.parameters.arrays().users!.data as Float32Array);
      if (event.kind === 'finish') result = event.result;
    }
    expect(result!.bestEpoch).toBeLessThan(12); // else the test shows nothing
    expect(parts.model.parameters.arrays().users!.data).toEqual(kept[result!.bestEpoch - 1]);
    expect(result!.validation).toEqual(result!.curve[result!.bestEpoch - 1]!.valid);
  });

  test('the same seed gives the same bits, another seed does not', async () => {
    const weights = async (seed: number) => {
      const parts = toyParts(twoTastes(), seed);
      await run(parts);
      return parts.model.parameters.arrays();
    };
    const first = await weights(1);
    expect(await weights(1)).toEqual(first);
    expect(await weights(2)).not.toEqual(first);
  });

  test('stops when patience runs out', async () => {
    const { result } = await run(withConfig({ epochs: 40, patience: 3 }));
    expect(result.stoppedBy).toBe('patience');
    expect(result.epochs).toBe(result.bestEpoch + 3);
  });

  test('evaluates when asked, and after the last epoch', async () => {
    const { events, result } = await run(withConfig({ epochs: 5, evaluateEvery: 2 }));
    expect(result.curve.map(({ valid }) => valid !== undefined)).toEqual([false, true, false, true, true]);
    expect(events.flatMap((event) => (event.kind === 'evaluate' ? [`${event.part}${event.epoch}`] : []))).toEqual([
      'valid2',
      'valid4',
      'valid5',
      `test${result.bestEpoch}`,
    ]);
  });

  test('evaluateEvery 0 keeps the last epoch and needs no validation part', async () => {
    const parts = withConfig({ epochs: 3, evaluateEvery: 0 });
    const { valid: _, ...dataset } = parts.dataset;
    const { result } = await run({ ...parts, dataset });
    expect(result).toMatchObject({ bestEpoch: 3, epochs: 3 });
    expect(result.validation).toBeUndefined();
    expect(result.curve.every(({ valid, test }) => valid === undefined && test === undefined)).toBe(true);
  });

  test('protocol paper: the test part chooses the epoch', async () => {
    const { result } = await run(withConfig({ epochs: 6, protocol: 'paper' }));
    const values = result.curve.map(({ test }) => test!['recall@3']!);
    expect(result.metrics['recall@3']).toBe(Math.max(...values));
    expect(result.bestEpoch).toBe(values.indexOf(Math.max(...values)) + 1);
    expect(result.metricEpochs).toBeUndefined();
  });

  test('metricBest: each metric at its own best epoch', async () => {
    const { result } = await run(withConfig({ epochs: 12, protocol: 'paper', metricBest: true }));
    for (const name of ['recall@1', 'ndcg@3']) {
      const values = result.curve.map(({ test }) => test![name]!);
      expect(result.metrics[name]).toBe(Math.max(...values));
      expect(result.metricEpochs![name]).toBe(values.indexOf(Math.max(...values)) + 1);
    }
  });

  test('a schedule moves the learning rate', async () => {
    const schedule = { name: 'exponential', decay: 0.5 } as const;
    const { result } = await run(withConfig({ epochs: 3, schedule }));
    expect(result.curve.map(({ learningRate }) => learningRate)).toEqual([0.3, 0.15, 0.075]);
  });

  test('a step leaks no tensors', async () => {
    const counts: number[] = [];
    for await (const event of trainParts(withConfig({ epochs: 3 }))) {
      if (event.kind === 'step') counts.push(tf.memory().numTensors);
    }
    expect(new Set(counts).size).toBe(1);
  });

  test('leaves other work of the process its turn within an epoch', async () => {
    const slow: Step = {
      ...singleUpdate,
      async *epoch(context) {
        for await (const event of singleUpdate.epoch(context)) {
          const until = performance.now() + 15;
          while (performance.now() < until);
          yield event;
        }
      },
    };
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    for await (const event of trainParts({ ...withConfig({ epochs: 1 }), step: slow }))
      if (event.kind === 'epoch') break;
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });
});

describe('what is wrong is told', () => {
  const failure = async (parts: TrainParts) =>
    await run(parts).then(
      () => 'nothing',
      (error: Error) => error.message,
    );

  test('a loss that is NaN: the step, before anything moves', async () => {
    const parts = toyParts();
    let calls = 0;
    const compute: typeof parts.loss.compute = (scores, batch) => {
      const value = parts.loss.compute(scores, batch);
      return calls++ === 10 ? tf.mul(value, Number.NaN) : value;
    };
    expect(await failure({ ...parts, loss: { ...parts.loss, compute } })).toBe(
      '[trainer] expected a finite loss, got NaN from toy-bpr in epoch 2, step 2; lower optimizer.learningRate or set clipNorm',
    );
    expect(parts.model.parameters.arrays().users!.data.every(Number.isFinite)).toBe(true);
  });

  test('a step model without a loss', async () => {
    const { loss: _, ...parts } = toyParts();
    expect(await failure(parts)).toBe('[trainer] expected a loss for toy, got none; name one');
  });

  test('data without a validation part', async () => {
    const parts = toyParts();
    const { valid: _, ...dataset } = parts.dataset;
    expect(await failure({ ...parts, dataset })).toBe(
      '[trainer] expected a validation part that is not empty in two-tastes, got none; carve one out, or set evaluateEvery to 0',
    );
  });

  test('data without a test part', async () => {
    const parts = toyParts();
    const { test } = parts.dataset;
    const empty = { ...test, indptr: new Int32Array(test.userCount + 1), indices: new Int32Array(0) };
    expect(await failure({ ...parts, dataset: { ...parts.dataset, test: empty } })).toBe(
      '[trainer] expected a test part that is not empty in two-tastes, got none; split it',
    );
  });

  test('a cut-off beyond the catalogue', async () => {
    expect(await failure(withConfig({ at: [25] }))).toBe(
      '[trainer] expected cut-offs up to the 24 items of two-tastes, got 25; lower at or stopOn',
    );
  });

  test('an unknown metric', async () => {
    expect(await failure(withConfig({ metrics: ['recal'] }))).toContain('got "recal"; did you mean "recall"?');
    expect(await failure(withConfig({ stopOn: 'ndgc@3' }))).toContain('got "ndgc"; did you mean "ndcg"?');
  });

  test('a procedure that miscounts its steps, or makes none', async () => {
    const off: Step = {
      ...singleUpdate,
      async *epoch() {
        yield { step: 3, steps: 8, loss: 1 };
      },
    };
    const none: Step = { ...singleUpdate, async *epoch() {} };
    expect(await failure({ ...toyParts(), step: off })).toBe(
      '[step single-update] expected epoch to yield step 0, got 3; begin at firstStep and count on',
    );
    expect(await failure({ ...toyParts(), step: none })).toBe(
      '[step single-update] expected epoch 1 to have a step, got nothing; yield an event for each',
    );
  });

  test('scores that are NaN: the ranker, unless training broke the parameters', async () => {
    const ranked = (weight: number) => {
      const parts = toyParts();
      const { model, dataset } = parts;
      const { userCount, itemCount } = dataset.train;
      const score = (_: Int32Array, out: Float32Array) => void out.fill(Number.NaN);
      const ranker = () => {
        const arrays = Object.entries(model.parameters.arrays());
        const load = arrays.map(([name, { shape, data }]) => [name, { shape, data: data.map(() => weight) }]);
        model.parameters.load(Object.fromEntries(load));
        return { kind: 'scores', userCount, itemCount, score, dispose() {} } as const;
      };
      return { ...parts, model: { ...model, ranker } };
    };
    expect(await failure(ranked(1))).toBe(
      '[model toy] expected score of the ranker to fill out with numbers, got NaN; write each score into out, at once',
    );
    expect(await failure(ranked(1e9))).toContain('[metrics] expected scores that can be ranked, got NaN for user 0');
  });

  test('a stream without a sampler', async () => {
    const step: Step = { ...singleUpdate, streams: [...singleUpdate.streams, { name: 'more', source: 'labelled' }] };
    expect(await failure({ ...toyParts(), step })).toContain(
      'expected a sampler for stream more of single-update, got none',
    );
  });
});
