import type { Loss } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { ensure } from '../assert.ts';
import type { LossCase } from './fixture.ts';
import { arraysOf, fromTensors, toTensors } from './scores.ts';

/** What compute() says. */
export function lossValue(loss: Loss, { batch, scores, shape }: LossCase): number {
  return tf.tidy(() => {
    const value = loss.compute(fromTensors(scores, toTensors(scores, shape)), batch);
    const found = `${value.dtype} [${value.shape}]`;
    ensure(found === 'float32 []', `${loss.name} to compute a float32 scalar`, () => found);
    return value.dataSync()[0]!;
  });
}

/** ∂loss/∂score as the tape has it, by the paths of `arraysOf`. Scores that the loss does not read have 0. */
export function lossGradient(loss: Loss, { batch, scores, shape }: LossCase): Map<string, Float32Array> {
  const paths = [...arraysOf(scores).keys()];
  const gradients = new Map<string, Float32Array>();
  tf.tidy(() => {
    const tensors = toTensors(scores, shape);
    const f = (...xs: tf.Tensor[]): tf.Tensor => {
      const value = loss.compute(fromTensors(scores, xs), batch);
      return tf.addN([value, ...xs.map((x) => tf.mul(0, tf.sum(x)))]); // ties every score to the value
    };
    tf.grads(f)(tensors).forEach((gradient, k) => {
      gradients.set(paths[k]!, gradient.dataSync<'float32'>().slice());
    });
  });
  return gradients;
}
