import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { softplus, useEngine } from '@losslab/backend';
import type {
  Dataset,
  LabelledPairs,
  LossDefinition,
  LossNeeds,
  NamedArrays,
  RunResult,
  ScoreView,
  Step,
} from '@losslab/core';
import { finish, inspectBatch, type Plugins, prepare, type RunConfigInput, train, trainParts } from '@losslab/trainer';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { plugins as known } from './plugins.ts';
import { twoTastes } from './toy.ts';

let dir: string;
beforeAll(async () => {
  await useEngine('simd');
});
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'losslab-seam-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const needs: LossNeeds = {
  positives: { least: 1, usual: 1 },
  negatives: { least: 0, usual: 4 },
  inBatch: true,
  labelled: false,
  similarity: 'dot',
};

function define(name: string, create: LossDefinition['create']): LossDefinition {
  return { kind: 'loss', name, summary: name, source: 'a test', options: z.strictObject({}), create };
}

/** softplus(x) − y·x over labelled pairs, and softplus(x) over unlabelled ones, where a batch has them. */
const labelled = define('labelled-bce', () => ({
  name: 'labelled-bce',
  needs: { ...needs, positives: { least: 0, most: 0, usual: 0 }, negatives: { least: 0, usual: 1 }, labelled: true },
  gradient: 'exact',
  compute: (scores, batch) => {
    const terms = [tf.scalar(0)];
    if (batch.labelled && scores.labelled) {
      const labels = tf.tensor1d(batch.labelled.labels);
      terms.push(tf.mean(tf.sub(softplus(scores.labelled), tf.mul(labels, scores.labelled))));
    } else terms.push(tf.mean(softplus(scores.negative)));
    return tf.addN(terms);
  },
}));

/** The model should beat a second one by which the positives are at 1. */
const withPrior = define('with-prior', () => ({
  name: 'with-prior',
  needs: {
    ...needs,
    auxiliary: {
      prior: { model: 'mf', options: { dimension: 3 }, optimizer: { name: 'sgd', learningRate: 0.5 } },
      second: { model: 'mf', options: { dimension: 2 } },
    },
  },
  gradient: 'exact',
  compute: ({ positive, negative, auxiliary }) =>
    tf.addN([
      tf.mean(softplus(tf.sub(negative, positive))),
      tf.mean(tf.square(tf.sub(auxiliary!.prior!.positive, 1))),
      tf.mean(tf.square(tf.add(auxiliary!.second!.negative, 1))),
    ]) as tf.Scalar,
}));

/** Rare items weigh more: knows the data. */
const byDegree = define('by-degree', (_, facts) => ({
  name: 'by-degree',
  needs,
  gradient: 'exact',
  compute: ({ positive }, { positives }) => {
    const weights = Float32Array.from(positives.data, (item) => 1 / facts.itemDegrees[item]!);
    return tf.neg(tf.mean(tf.mul(tf.tensor2d(weights, [positives.rows, positives.columns]), tf.sigmoid(positive))));
  },
  inspect: ({ positive, negative }) => ({ margin: tf.sub(tf.mean(positive, 1), tf.mean(negative, 1)) }),
}));

const plugins: Plugins = {
  ...known,
  losses: { ...known.losses, 'labelled-bce': labelled, 'with-prior': withPrior, 'by-degree': byDegree },
};

/** Every user of the two tastes with 8 liked and 4 disliked items. */
function withLabels(): Dataset {
  const dataset = twoTastes();
  const { userCount: users } = dataset.train;
  const pairs = (from: number, liked: number, disliked: number): LabelledPairs => {
    const rows = Array.from({ length: users }, (_, u) => [
      ...Array.from({ length: liked }, (_, n) => [u, (u % 2) + 2 * ((from + n + u) % 12), 1] as const),
      ...Array.from({ length: disliked }, (_, n) => [u, 1 - (u % 2) + 2 * ((from + n + u) % 12), 0] as const),
    ]).flat();
    return {
      users: Int32Array.from(rows, ([u]) => u),
      items: Int32Array.from(rows, ([, i]) => i),
      labels: Float32Array.from(rows, ([, , y]) => y),
    };
  };
  return { ...dataset, labelled: { train: pairs(0, 8, 4), test: pairs(8, 2, 2) } };
}

const base: RunConfigInput = {
  model: { name: 'mf', dimension: 4 },
  optimizer: { name: 'adam', learningRate: 0.05 },
  epochs: 3,
  batchSize: 32,
  at: [1, 3],
  stopOn: 'recall@3',
  engine: 'simd',
};

interface Session {
  readonly config: RunConfigInput;
  readonly dataset?: Dataset;
  readonly step?: Step;
}

/** Trains with fresh parts, aborting after each of the given counts of steps and resuming. */
async function session({ config, dataset = twoTastes(), step }: Session, out: string, at: readonly number[] = []) {
  for (const stopAfter of [...at, Number.POSITIVE_INFINITY]) {
    const parts = prepare({ config, dataset, plugins, ...(step && { step }) });
    const abort = new AbortController();
    const counts: Readonly<Record<string, number>>[] = [];
    let steps = 0;
    const result = await finish(trainParts({ ...parts, out, resume: true, signal: abort.signal }), (event) => {
      if (event.kind === 'step' && event.counts) counts.push(event.counts);
      if (event.kind === 'step' && ++steps === stopAfter) abort.abort();
    });
    const arrays: NamedArrays = parts.parameters!.arrays();
    parts.dispose();
    if (stopAfter === Number.POSITIVE_INFINITY) return { result, arrays, counts };
  }
  throw new Error('unreachable');
}

const losses = ({ curve }: RunResult): number[] => curve.map(({ loss }) => loss);

async function resumesToSameBits(what: Session, at: readonly number[]): Promise<void> {
  const whole = await session(what, join(dir, 'whole'));
  const broken = await session(what, join(dir, 'broken'), at);
  expect(broken.arrays).toEqual(whole.arrays);
  expect(losses(broken.result)).toEqual(losses(whole.result));
}

describe('labelled batches', () => {
  const config = { ...base, loss: 'labelled-bce', epochs: 8 };

  test('a loss that wants labels gets them, by the labelled sampler', async () => {
    const { result } = await session({ config, dataset: withLabels() }, join(dir, 'run'));
    expect(result.sampler!.name).toBe('labelled');
    expect(result.options).toMatchObject({ positives: 0, negatives: 1 });
    expect(losses(result).at(-1)).toBeLessThan(0.5 * losses(result)[0]!);
    expect(result.steps).toBe(8 * Math.ceil((20 * 12) / 32));
  });

  test('resumes to the same bits', async () => {
    await resumesToSameBits({ config: { ...config, epochs: 2 }, dataset: withLabels() }, [5, 4]);
  });

  test('data without labels is told before the first step', () => {
    expect(() => prepare({ config, dataset: twoTastes(), plugins })).toThrow(
      '[trainer] expected labelled pairs for labelled-bce, got none in two-tastes; choose data with labels, make some of ratings (data.labels), or take another loss',
    );
  });
});

describe('auxiliary models', () => {
  const config = { ...base, loss: 'with-prior' };

  test('are made, trained by an optimizer of their own, and scored on the same pairs', async () => {
    const parts = prepare({ config, dataset: twoTastes(), plugins });
    const before = parts.parameters!.arrays();
    expect(Object.keys(before).sort()).toEqual([
      'items',
      'prior.items',
      'prior.users',
      'second.items',
      'second.users',
      'users',
    ]);
    expect(before['prior.users']!.shape).toEqual([20, 3]);
    await finish(trainParts(parts));
    const after = parts.parameters!.arrays();
    for (const name of Object.keys(before)) expect(after[name]!.data, name).not.toEqual(before[name]!.data);
    expect(
      Object.keys(parts.optimizer!.state())
        .filter((name) => name.startsWith('prior'))
        .sort(),
    ).toEqual([
      'prior.items.step', // plain SGD has no moments
      'prior.users.step',
    ]);
    parts.dispose();
  });

  test('resume to the same bits, with a schedule over all groups', async () => {
    const schedule = { name: 'exponential', decay: 0.7 } as const;
    await resumesToSameBits({ config: { ...config, schedule } }, [3, 5]);
  });

  test('an unknown one is told', () => {
    const broken = define('broken', () => ({
      ...withPrior.create({}, undefined as never),
      needs: { ...needs, auxiliary: { prior: { model: 'mff', options: {} } } },
    }));
    const options = { config: { ...base, loss: 'broken' }, dataset: twoTastes() };
    expect(() => prepare({ ...options, plugins: { ...plugins, losses: { broken } } })).toThrow(
      'expected a known model, got "mff"; did you mean "mf"?',
    );
  });
});

/**
 * Two stages, as Algorithm 1 of Inverse Learning: a pass over the labelled pairs that are kept; then for each batch of those
 * held out, the better of θ, θ − δ, θ + δ with δ one step of a fresh Adam on unlabelled pairs, and a labelled step.
 */
const twoStages: Step = {
  name: 'two-stages',
  streams: [
    { name: 'kept', source: 'labelled', holdOut: 0.25 },
    { name: 'held-out', source: 'labelled-held-out', holdOut: 0.25 },
    { name: 'unlabelled', source: 'unlabelled' },
  ],
  async *epoch({ firstStep, streams, parameters, objective, evaluate, update, freshOptimizer }) {
    const { kept, 'held-out': heldOut, unlabelled } = streams as Required<typeof streams>;
    const steps = kept!.steps + heldOut!.steps;
    for (let step = firstStep; step < steps; step++) {
      const second = step - kept!.steps;
      const batch = second < 0 ? kept!.batch(step) : heldOut!.batch(second);
      let chosen = 'none';
      if (second >= 0) {
        const { gradients } = parameters.gradient(objective(unlabelled!.batch(second % unlabelled!.steps)));
        const move = (scale: number) => {
          const inner = freshOptimizer('adam', 0.01);
          inner.apply(gradients, { scale });
          inner.dispose();
        };
        const values = { none: evaluate(batch), direct: 0, inverse: 0 };
        const before = parameters.save(gradients);
        for (const [name, scale] of [
          ['direct', 1],
          ['inverse', -1],
        ] as const) {
          move(scale);
          values[name] = evaluate(batch);
          parameters.restore(before);
        }
        before.dispose();
        if (Math.min(values.direct, values.inverse) < values.none) {
          chosen = values.direct < values.inverse ? 'direct' : 'inverse';
          move(chosen === 'direct' ? 1 : -1);
        }
      }
      const { loss, gradients } = parameters.gradient(objective(batch));
      update(gradients);
      yield { step, steps, loss, ...(second >= 0 && { counts: { [chosen]: 1 } }) };
    }
  },
};

describe('a procedure of several updates and streams', () => {
  const what = { config: { ...base, loss: 'labelled-bce', epochs: 4 }, dataset: withLabels(), step: twoStages };

  test('trains, and tells its counts', async () => {
    const { result, counts } = await session(what, join(dir, 'run'));
    expect(losses(result).at(-1)).toBeLessThan(losses(result)[0]!);
    expect(result.steps).toBe(4 * (6 + 2)); // 180 and 60 pairs, 32 a batch
    expect(counts.length).toBe(4 * 2);
  });

  test('the streams of labelled pairs share none', () => {
    const parts = prepare({ ...what, plugins });
    const seen = [parts.sampler!, parts.streams!['held-out']!].map((sampler) => {
      const batches = Array.from({ length: sampler.steps }, (_, step) => sampler.propose(1, step).labelled!);
      return batches.flatMap(({ users, items }) => [...users].map((user, row) => `${user} ${items[row]}`));
    });
    expect(seen.map(({ length }) => length)).toEqual([180, 60]);
    expect(new Set(seen.flat()).size).toBe(240);
    parts.dispose();
  });

  test('resumes to the same bits in either stage', async () => {
    await resumesToSameBits({ ...what, config: { ...what.config, epochs: 2 } }, [4, 3, 2]);
  });
});

test('a view of a batch is what the loss sees of it, auxiliary scores and all', async () => {
  const seen: { users: number[]; positive: number[]; prior: number[] }[] = [];
  const witness = define('witness', (options, facts) => {
    const loss = withPrior.create(options, facts);
    const compute: typeof loss.compute = (scores, batch) => {
      const [positive, prior] = [scores.positive, scores.auxiliary!.prior!.positive];
      seen.push({ users: [...batch.users], positive: [...positive.dataSync()], prior: [...prior.dataSync()] });
      return loss.compute(scores, batch);
    };
    return { ...loss, name: 'witness', compute };
  });
  const straightAndBackwards: Step = {
    name: 'straight-and-backwards',
    streams: [{ name: 'train', source: 'positives' }],
    async *epoch({ streams, objective, parameters }) {
      const batch = streams.train!.batch(0);
      const view: ScoreView = {
        batch: { ...batch, users: batch.users.toReversed() },
        scores: ({ positive, negative }) => ({ positive: tf.reverse(positive, 0), negative: tf.reverse(negative, 0) }),
      };
      parameters.gradient(objective(batch));
      const { loss } = parameters.gradient(objective(batch, view));
      yield { step: 0, steps: 1, loss };
    },
  };
  const config: RunConfigInput = { ...base, loss: 'witness', epochs: 1 };
  const losses = { ...plugins.losses, witness };
  const parts = prepare({ config, dataset: twoTastes(), plugins: { ...plugins, losses }, step: straightAndBackwards });
  await finish(trainParts(parts));
  parts.dispose();
  const [straight, backwards] = seen as [(typeof seen)[0], (typeof seen)[0]];
  expect(straight.users.length).toBeGreaterThan(1);
  expect(new Set(straight.prior).size).toBeGreaterThan(1);
  for (const key of ['users', 'positive', 'prior'] as const) {
    expect(backwards[key], key).toEqual(straight[key].toReversed());
  }
});

describe('what a loss may know and show', () => {
  test('degrees of the training part', async () => {
    const { result } = await session({ config: { ...base, loss: 'by-degree' } }, join(dir, 'run'));
    expect(losses(result)[0]!).toBeLessThan(0);
  });

  test('inspect hands out what the loss shows of a batch', () => {
    const parts = prepare({ config: { ...base, loss: 'by-degree' }, dataset: twoTastes(), plugins });
    if (parts.model.kind !== 'step') throw new Error('unreachable');
    const batch = parts.sampler!.propose(1, 0);
    const { margin } = inspectBatch({ model: parts.model, loss: parts.loss!, batch });
    expect(margin!.shape).toEqual([32]);
    expect(margin!.data.some((value) => value !== 0)).toBe(true);
    expect(inspectBatch({ model: parts.model, loss: { ...parts.loss!, inspect: undefined as never }, batch })).toEqual(
      {},
    );
    parts.dispose();
  });
});

test('threads that the engine does not use are told', async () => {
  const config = { ...base, loss: 'by-degree', epochs: 1, threads: 64, engine: 'cpu' as const };
  const events = train({ config, dataset: twoTastes(), plugins });
  expect((await events.next()).value).toEqual({
    kind: 'warning',
    message: 'engine cpu runs on 1 thread, not on 64',
  });
  await events.return(undefined as never);
});
