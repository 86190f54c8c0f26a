// Only the samplers, feeding a training loop in plain tfjs: node samplers.ts
import { useEngine } from '@losslab/backend';
import { negativeIds } from '@losslab/core';
import { generate } from '@losslab/data';
import { aheadOf, createSampler } from '@losslab/samplers';
import * as tf from '@tensorflow/tfjs';

await useEngine('simd');
const { train } = generate({ users: 60, items: 50 }).dataset;
const shape = { batchSize: 256, positives: 1, negatives: 4, seed: 1, stream: 0 };
const sampler = createSampler({ name: 'popularity', options: { exponent: 0.75 } }, { train, ...shape });
const [p, q] = [train.userCount, train.itemCount].map((rows) => tf.variable(tf.randomNormal([rows, 8], 0, 0.1)));
const scores = (users: tf.Tensor, ids: ReturnType<typeof negativeIds>) =>
  tf.sum(tf.mul(users, tf.gather(q!, tf.tensor2d(ids.data, [ids.rows, ids.columns], 'int32'))), 2); // [B, N]
const optimizer = tf.train.adam(0.05);
for (let epoch = 1; epoch <= 3; epoch++) {
  let sum = 0;
  for (const batch of aheadOf(sampler, epoch)) {
    const loss = () => {
      const users = tf.gather(p!, tf.tensor1d(batch.users, 'int32')).expandDims(1); // [B, 1, D]
      const margins = tf.sub(scores(users, negativeIds(batch)), scores(users, batch.positives));
      return tf.mean(tf.softplus(margins)) as tf.Scalar;
    };
    sum += tf.tidy(() => optimizer.minimize(loss, true)!.dataSync()[0]!);
  }
  console.log('epoch', epoch, 'loss', (sum / sampler.steps).toFixed(4));
}
