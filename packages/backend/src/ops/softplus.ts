import * as tf from '@tensorflow/tfjs';
import { type Call, invoke, setGradient, setKernel } from '../kernel.ts';
import { ready } from './register.ts';

/** ln(1 + eˣ), exact to float32 on both sides: x for large x, eˣ for small. Gradient σ(x). */
export function softplus<T extends tf.Tensor>(x: T): T {
  ready();
  return invoke('LosslabSoftplus', { x })[0] as T;
}

/** ln σ(x) = −softplus(−x). Gradient σ(−x), which does not die where σ(x) is small. */
export function logSigmoid<T extends tf.Tensor>(x: T): T {
  ready();
  return invoke('LosslabLogSigmoid', { x })[0] as T;
}

/** ln(1 + e^−|x|). wasm's Log1p is ln(1 + t), which loses small t: the series does not. */
function tail(x: tf.Tensor): tf.Tensor {
  const t = x.abs().neg().exp();
  return tf.where(t.less(1e-3), t.mul(tf.sub(1, t.mul(tf.sub(0.5, t.div(3))))), t.log1p());
}

const softplusOf = ({ inputs }: Call<object>): tf.Tensor => tf.tidy(() => inputs.x!.relu().add(tail(inputs.x!)));
const logSigmoidOf = ({ inputs }: Call<object>): tf.Tensor => tf.tidy(() => inputs.x!.minimum(0).sub(tail(inputs.x!)));

export function registerSoftplus(backendName: string): void {
  setKernel('LosslabSoftplus', backendName, softplusOf);
  setKernel('LosslabLogSigmoid', backendName, logSigmoidOf);
}

export function registerSoftplusGradient(): void {
  setGradient('LosslabSoftplus', {
    inputsToSave: ['x'],
    thunks: ([dy], [x]) => ({ x: () => dy!.mul(x!.sigmoid()) }),
  });
  setGradient('LosslabLogSigmoid', {
    inputsToSave: ['x'],
    thunks: ([dy], [x]) => ({ x: () => dy!.mul(x!.neg().sigmoid()) }),
  });
}
