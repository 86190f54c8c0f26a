import { makeOptimizer, softplus } from '@losslab/backend';
import type { Batch, Interactions, Model, StepModel } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { ensure } from '../assert.ts';
import type { Check } from '../check.ts';
import { checkerboard, unseenItems } from '../data.ts';
import { threadsCheck } from '../threads.ts';
import { pairwiseBatch } from './batches.ts';
import { type ModelContract, type ModelSubject, modelTrain } from './contract.ts';
import { bestOf, rankerScores } from './ranking.ts';

const BOARD = checkerboard();

/** A model that cannot learn a rule this plain from all of its consequences but one learns nothing. */
export function learningChecks(subject: ModelSubject): Check[] {
  const threads = threadsCheck(() => learnt(subject));
  if (subject.contract.personalised === false) return [threads];
  return [
    threads,
    {
      name: 'learns the checkerboard: ranks the withheld item first for every user',
      async run() {
        const model = subject.make({ train: BOARD.train });
        await learn(model, BOARD.train, subject.contract.learning);
        const ranker = model.ranker();
        BOARD.withheld.forEach((item, user) => {
          const best = bestOf(rankerScores(ranker, user), unseenItems(BOARD.train, user));
          ensure(best === item, `item ${item} first for user ${user}`, () => `item ${best}`);
        });
        ranker.dispose();
        if (model.kind === 'step') model.parameters.dispose();
      },
    },
  ];
}

/** All numbers of a model after two epochs. */
async function learnt({ make, contract }: ModelSubject): Promise<number[]> {
  const model = make();
  await learn(model, modelTrain, { ...contract.learning, epochs: 2 });
  const arrays = model.kind === 'fitted' ? model.arrays() : model.parameters.arrays();
  const numbers = Object.values(arrays).flatMap(({ data }) => [...data]);
  if (model.kind === 'step') model.parameters.dispose();
  return numbers;
}

async function learn(model: Model, train: Interactions, learning: ModelContract['learning'] = {}): Promise<void> {
  if (model.kind === 'fitted') return model.fit(train);
  const { learningRate = 0.05, epochs = 30 } = learning;
  const optimizer = makeOptimizer('adam', { learningRate }, model.parameters);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const batch = pairwiseBatch(train, epoch);
    const { gradients } = model.parameters.gradient(() => pairwise(model, batch));
    optimizer.apply(gradients);
  }
  optimizer.dispose();
}

/** BPR (Rendle et al., UAI 2009) and the model's own penalty. */
function pairwise(model: StepModel, batch: Batch): tf.Scalar {
  const { positive, negative } = model.score(batch, { training: true, seed: 1 });
  const loss = tf.mean<tf.Scalar>(softplus(tf.sub(negative, positive)));
  return model.penalty ? tf.add(loss, model.penalty(batch)) : loss;
}
