import { makeOptimizer, useEngine } from '@losslab/backend';
import { dataFacts, idMatrix, interactionsFromTable, parseOptions, type StepModel } from '@losslab/core';
import { mf } from '@losslab/models';
import * as tf from '@tensorflow/tfjs';

await useEngine('simd');
const train = interactionsFromTable({
  userCount: 2,
  itemCount: 3,
  users: Int32Array.of(0, 1),
  items: Int32Array.of(0, 2),
});
const options = parseOptions(mf.options, { dimension: 8, similarity: 'cosine' }, 'model mf');
const model = mf.create(options, { facts: dataFacts(train), train, seed: 1 }) as StepModel;
const optimizer = makeOptimizer('adam', { learningRate: 0.1 }, model.parameters);

const pairs = {
  users: Int32Array.of(0, 1),
  positives: idMatrix(Int32Array.of(0, 2), 1),
  negatives: idMatrix(Int32Array.of(1, 1), 1),
};
for (let step = 0; step < 50; step++) {
  const { gradients } = model.parameters.gradient(() => {
    const { positive, negative } = model.score({ epoch: 1, step, ...pairs }, { training: true, seed: 1 });
    return tf.mean(tf.sub(negative, positive)); // any loss of the scores
  });
  optimizer.apply(gradients);
}
const { positive } = model.score({ epoch: 1, step: 0, ...pairs }, { training: false, seed: 1 });
console.log(positive.dataSync().every((cosine) => cosine > 0.9)); // true
console.log(model.ranker().kind); // factors
