import { dataFacts, interactionsFromTable } from '@losslab/core';
import { pairModel } from '@losslab/models';
import { testModel } from '@losslab/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const options = z.strictObject({ dimension: z.int().min(1, 'must be >= 1').default(6) });

const byOps = pairModel({
  name: 'by-ops',
  options,
  create({ facts, seed }, { dimension }) {
    const table = (rows: number, at: number) =>
      tf.tidy(() => tf.variable(tf.randomNormal([rows, dimension], 0, 0.5, 'float32', seed * 10 + at)));
    const weights = { p: table(facts.userCount, 1), q: table(facts.itemCount, 2) };
    const { p, q } = weights;
    return { weights, score: (users, items) => tf.sum(tf.mul(tf.gather(p, users), tf.gather(q, items)), 1) };
  },
});

const byLayers = pairModel({
  name: 'by-layers',
  options,
  create({ facts, seed }, { dimension }) {
    const vector = (rows: number, at: number) => {
      const embeddingsInitializer = tf.initializers.randomNormal({ mean: 0, stddev: 0.5, seed: seed * 10 + at });
      const input = tf.input({ shape: [1], dtype: 'int32' });
      const layer = tf.layers.embedding({ inputDim: rows, outputDim: dimension, embeddingsInitializer });
      return { input, output: tf.layers.flatten().apply(layer.apply(input)) as tf.SymbolicTensor };
    };
    const [user, item] = [vector(facts.userCount, 1), vector(facts.itemCount, 2)];
    const output = tf.layers.dot({ axes: 1 }).apply([user.output, item.output]) as tf.SymbolicTensor;
    const network = tf.model({ inputs: [user.input, item.input], outputs: output });
    return {
      weights: network.trainableWeights,
      score: (users, items) => network.apply([users.expandDims(1), items.expandDims(1)]) as tf.Tensor,
    };
  },
});

const refuses = [[{ dimension: 0 }, 'dimension: must be >= 1, got 0']] as const;
describe('by ops', () => testModel(byOps, { engines: ['simd'], refuses }));
describe('by layers', () => testModel(byLayers, { engines: ['cpu'], refuses }));

const train = interactionsFromTable({
  userCount: 2,
  itemCount: 3,
  users: Int32Array.of(0, 1),
  items: Int32Array.of(0, 2),
});
const context = { facts: dataFacts(train), train, seed: 1 };

test('a network without weights, or with other scores than one a pair, is told', () => {
  const create = (score: () => tf.Tensor, weights: tf.Variable[]) =>
    pairModel({ name: 'odd', create: () => ({ weights, score }) }).create({}, context);
  expect(() => create(() => tf.scalar(0), [])).toThrow(
    '[models] expected weights to train of odd, got none; list them',
  );
  const model = create(() => tf.zeros([2, 2]), [tf.variable(tf.scalar(1))]);
  const ranker = model.ranker();
  expect(() => ranker.kind === 'scores' && ranker.score(Int32Array.of(0), new Float32Array(3))).toThrow(
    '[models] expected scores of shape [3] or [3,1] of odd, got [2,2]; return a score a pair',
  );
  ranker.dispose();
});

test('a network that knows no options refuses them', async () => {
  const { parseOptions } = await import('@losslab/core');
  const { options: none } = pairModel({ name: 'plain', create: () => ({ weights: [], score: () => tf.scalar(0) }) });
  expect(() => parseOptions(none, { dimension: 3 }, 'model plain')).toThrow(/dimension/);
});
