import { stopGradient } from '@losslab/backend';
import type { ModelContext, ModelDefinition, Scores, StepModel } from '@losslab/core';
import { failuresOf, type ModelContract, modelChecks, toyFactors } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

/** The toy model with something wrong about it. */
function broken(change: (model: StepModel, context: ModelContext) => Partial<StepModel>): ModelDefinition {
  const definition = toyFactors as ModelDefinition;
  return {
    ...definition,
    create(options, context) {
      const model = definition.create(options, context) as StepModel;
      return { ...model, ...change(model, context) };
    },
  };
}

/** The learning check takes seconds; it is left to the tests that are about it. */
async function failures(definition: ModelDefinition, contract: ModelContract = {}): Promise<string[]> {
  const checks = modelChecks(definition, { options: { dimension: 2 }, personalised: false, ...contract });
  return [...(await failuresOf(checks)).keys()];
}

const mapScores = (scores: Scores, change: (x: tf.Tensor) => tf.Tensor): Scores =>
  Object.fromEntries(Object.entries(scores).map(([name, x]) => [name, change(x)])) as unknown as Scores;

const PAIRS = 'gives one score a pair, the same wherever the pair stands in a batch';
const AGREES = 'ranks by the scores that it trains';
const GRADIENT = 'has the gradient of its scores and penalty, with users and items repeated, negatives drawn';
const GRADIENT_IN_BATCH = GRADIENT.replace('drawn', 'in-batch');
const STARTS = 'starts from its seed: the same bits for the same one, others for another seed or scope';
const SCOPE = 'puts its scope in front of parameter names';
const STILL = 'scores in training as in evaluation';
const THREADS = 'gives the same bits on 1, 2 and 4 threads';
const DROPS = 'drops as a pure function of (seed, epoch, step), in training alone';
const SHAPES = 'shapes scores [B, M], [B, N], [L]; in-batch [B, B − 1]; M and N may be 0';

test('the sound toy passes', async () => {
  expect(await failures(broken(() => ({})))).toEqual([]);
});

test('a model that cannot tell users apart does not learn the checkerboard', async () => {
  const sameForAll = broken((model) => ({
    score: (batch, context) => model.score({ ...batch, users: batch.users.map(() => 0) }, context),
    ranker() {
      const ranker = model.ranker();
      if (ranker.kind === 'factors') {
        for (let u = 1; u < ranker.userCount; u++) ranker.users.copyWithin(u * ranker.dimension, 0, ranker.dimension);
      }
      return ranker;
    },
  }));
  const contract = { personalised: true, learning: { epochs: 10 } };
  expect(await failures(sameForAll, contract)).toContain(
    'learns the checkerboard: ranks the withheld item first for every user',
  );
});

test('scores of the wrong pairs', async () => {
  const shifted = broken((model) => ({
    score(batch, context) {
      const scores = model.score(batch, context);
      return { ...scores, negative: tf.reverse(scores.negative, 0) };
    },
  }));
  expect(await failures(shifted)).toEqual([PAIRS]);
});

test('labelled scores as a column', async () => {
  const column = broken((model) => ({
    score(batch, context) {
      const scores = model.score(batch, context);
      if (!scores.labelled) return scores;
      return { ...scores, labelled: tf.expandDims(scores.labelled, 1) as unknown as tf.Tensor1D };
    },
  }));
  expect(await failures(column)).toEqual([SHAPES]);
});

test('a ranker with another similarity, unless the test says so', async () => {
  const halved = broken((model) => ({
    ranker() {
      const ranker = model.ranker();
      return ranker.kind === 'factors' ? { ...ranker, items: ranker.items.map((x) => x / 2) } : ranker;
    },
  }));
  expect(await failures(halved)).toEqual([AGREES]);
  expect(await failures(halved, { ranks: 'order' })).toEqual([]);
  const negated = broken((model) => ({
    ranker() {
      const ranker = model.ranker();
      return ranker.kind === 'factors' ? { ...ranker, items: ranker.items.map((x) => -x) } : ranker;
    },
  }));
  expect(await failures(negated, { ranks: 'order' })).toEqual(['ranks in the order of the scores that it trains']);
  expect(await failures(negated, { ranks: 'otherwise' })).toEqual([]);
});

test('a ranker that goes on learning', async () => {
  const live = broken((model) => ({
    ranker() {
      const ranker = model.ranker();
      return {
        kind: 'scores',
        userCount: ranker.userCount,
        itemCount: ranker.itemCount,
        score: (_, out) => out.fill(model.parameters.arrays().users!.data[0]!),
        dispose: () => ranker.dispose(),
      };
    },
  }));
  expect(await failures(live, { ranks: 'otherwise' })).toEqual([
    'ranks by what it learnt so far: a ranker stays as it was made',
  ]);
});

test('a gradient that stops, in part or where a user comes again', async () => {
  const stopped = broken((model) => ({
    score(batch, context) {
      const scores = model.score(batch, context);
      return { ...scores, positive: stopGradient(scores.positive) };
    },
  }));
  expect(await failures(stopped)).toEqual([GRADIENT, GRADIENT_IN_BATCH]);
  const firstOnly = broken((model) => ({
    score(batch, context) {
      const first = Array.from(batch.users, (u, b) => Number(batch.users.indexOf(u) === b));
      const mask = tf.tensor2d(first, [first.length, 1]);
      const scores = model.score(batch, context);
      const { positive, negative } = mapScores(scores, (x) =>
        x.rank === 1 ? x : tf.add(tf.mul(mask, x), tf.mul(tf.sub(1, mask), stopGradient(x))),
      );
      return { ...scores, positive, negative };
    },
  }));
  expect(await failures(firstOnly)).toEqual([GRADIENT, GRADIENT_IN_BATCH]);
});

test('a start that does not depend on its seed, and names without scope', async () => {
  const fixed = { ...broken(() => ({})) };
  const { create } = fixed;
  fixed.create = (options, { scope: _, ...context }) => create(options, { ...context, seed: 7 });
  expect(await failures(fixed)).toEqual([STARTS, SCOPE]);
});

test('dropout that counts its calls, or that the test does not know of', async () => {
  const noisy = (level: () => number): ModelDefinition =>
    broken((model) => ({
      score(batch, context) {
        const scores = model.score(batch, context);
        return context.training ? mapScores(scores, (x) => tf.mul(x, level())) : scores;
      },
    }));
  let calls = 0;
  const counting = noisy(() => 1 + ++calls / 10);
  expect(await failures(counting, { dropout: {} })).toEqual([THREADS, DROPS]);
  expect(await failures(counting)).toEqual([THREADS, STILL]);
  expect(
    await failures(
      noisy(() => 1.5),
      { dropout: {} },
    ),
  ).toEqual([DROPS]);
});

test('arrays that come back rounded, are live, or go unchecked', async () => {
  const withParameters = (change: (p: StepModel['parameters']) => Partial<StepModel['parameters']>): ModelDefinition =>
    broken(({ parameters }) => ({
      parameters: new Proxy(parameters, {
        get(target, key) {
          const changed = change(target) as Record<string | symbol, unknown>;
          const value = changed[key] ?? Reflect.get(target, key);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }),
    }));
  const rounding = withParameters((p) => ({
    load: (arrays) =>
      p.load(
        Object.fromEntries(
          Object.entries(arrays).map(([name, { shape, data }]) => [
            name,
            { shape, data: Float32Array.from(data, (x) => Math.round(x * 1e6) / 1e6) },
          ]),
        ),
      ),
  }));
  expect(await failures(rounding)).toContain('comes back from its arrays bit by bit');
  const lenient = withParameters((p) => ({
    load(arrays) {
      try {
        p.load(arrays);
      } catch {
        // a checkpoint of another model goes unnoticed
      }
    },
  }));
  expect(await failures(lenient)).toEqual(['refuses arrays that are not its own']);
});

test('tensors that stay behind', async () => {
  const leaking = broken((model) => ({
    score(batch, context) {
      tf.keep(tf.scalar(1));
      return model.score(batch, context);
    },
  }));
  expect(await failures(leaking)).toEqual(['keeps no tensor of a step, and none once it is disposed of']);
});
