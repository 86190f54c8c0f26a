import * as tf from '@tensorflow/tfjs';
import { ensure } from '../assert.ts';
import type { Check } from '../check.ts';
import { repetitiveBatch } from './batches.ts';
import { type ModelSubject, modelTrain } from './contract.ts';
import { weighedScores } from './evaluate.ts';

export function memoryChecks({ makeStep }: ModelSubject): Check[] {
  return [
    {
      name: 'keeps no tensor of a step, and none once it is disposed of',
      run() {
        const before = tf.memory().numTensors;
        const model = makeStep();
        const batch = repetitiveBatch(modelTrain);
        const step = (): number => {
          tf.tidy(() => {
            model.parameters.gradient(() => weighedScores(model, batch));
          });
          return tf.memory().numTensors;
        };
        step();
        const [second, third] = [step(), step()];
        ensure(second === third, `${second} tensors after another step`, () => third);
        model.parameters.dispose();
        const after = tf.memory().numTensors;
        ensure(after === before, `${before} tensors, as before the model was made`, () => after);
      },
    },
  ];
}
