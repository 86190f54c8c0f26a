// Trains a model of one's own, written with tf.layers, by losslab's loss, sampler and trainer: node own-model.ts
import { generate } from '@losslab/data';
import { bpr } from '@losslab/loss-classic';
import { metrics } from '@losslab/metrics';
import { pairModel } from '@losslab/models';
import { samplers } from '@losslab/samplers';
import { finish, train } from '@losslab/trainer';
import * as tf from '@tensorflow/tfjs';

const tower = pairModel({
  name: 'tower',
  create({ facts }) {
    const ids = [tf.input({ shape: [1], dtype: 'int32' }), tf.input({ shape: [1], dtype: 'int32' })];
    const rows = [facts.userCount, facts.itemCount];
    const vectors = ids.map((id, side) => tf.layers.embedding({ inputDim: rows[side]!, outputDim: 16 }).apply(id));
    const joined = tf.layers.concatenate().apply(vectors as tf.SymbolicTensor[]);
    const hidden = tf.layers.dense({ units: 32, activation: 'relu' }).apply(joined);
    const score = tf.layers.dense({ units: 1 }).apply(hidden) as tf.SymbolicTensor;
    const network = tf.model({ inputs: ids, outputs: score });
    const scoreOf = (...pairs: tf.Tensor1D[]) => network.apply(pairs.map((side) => side.expandDims(1))) as tf.Tensor;
    return { weights: network.trainableWeights, score: (users, items) => scoreOf(users, items) };
  },
});
const { dataset } = generate({ users: 100, items: 60 });
const plugins = { losses: { bpr }, models: { tower }, samplers, metrics };
const config = { model: 'tower', loss: 'bpr', sampler: 'popularity', epochs: 10, engine: 'simd' } as const;
const { metrics: measured } = await finish(train({ config, dataset, plugins }));
console.log('recall@10', measured['recall@10']);
