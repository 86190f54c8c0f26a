import * as tf from '@tensorflow/tfjs';
import { type Call, invoke, setGradient, setKernel } from '../kernel.ts';
import { overLastAxis } from './last-axis.ts';
import { ready } from './register.ts';

/** exp(x) / Σ exp(x) along one axis (by default the last), without overflow. x: float32 of any shape. */
export function softmax<T extends tf.Tensor>(x: T, axis = -1): T {
  if (x.size === 0) return tf.clone(x);
  ready();
  return overLastAxis(x, axis, 'keep', (rows) => invoke('LosslabSoftmax', { x: rows })[0]!) as T;
}

const forward = ({ inputs }: Call<object>): tf.Tensor => tf.softmax(inputs.x!);

/** y ⊙ (dy − Σ dy ⊙ y), y and dy [R, C]. */
function backward({ inputs }: Call<object>): tf.Tensor {
  return tf.tidy(() => {
    const { y, dy } = inputs as { y: tf.Tensor; dy: tf.Tensor };
    return dy.sub(dy.mul(y).sum(-1, true)).mul(y);
  });
}

export function registerSoftmax(backendName: string): void {
  setKernel('LosslabSoftmax', backendName, forward);
  setKernel('LosslabSoftmaxGradient', backendName, backward);
}

export function registerSoftmaxGradient(): void {
  setGradient('LosslabSoftmax', {
    outputsToSave: [true],
    thunks: ([dy], [y]) => ({ x: () => invoke('LosslabSoftmaxGradient', { y: y!, dy: dy! })[0]! }),
  });
}
