import * as tf from '@tensorflow/tfjs';
import { type Call, invoke, setGradient, setKernel } from '../kernel.ts';
import { overLastAxis } from './last-axis.ts';
import { ready } from './register.ts';

interface Attributes {
  readonly temperature: number;
}

/**
 * Σ x · softmax(x / temperature) along one axis (by default the last), which goes: the Boltzmann operator, between the mean
 * (temperature → ∞) and the maximum (→ 0). Gradient: p (1 + (x − y) / temperature) with p the softmax and y the value. Neither
 * overflows at ±1e4 or at small temperatures; over one column both are exact. x: float32 of any shape, at least one column.
 * @param temperature > 0, in the unit of x
 */
export function softmaxMean(x: tf.Tensor2D, temperature: number, axis?: number): tf.Tensor1D;
export function softmaxMean<R extends tf.Tensor>(x: tf.Tensor, temperature: number, axis?: number): R;
export function softmaxMean(x: tf.Tensor, temperature: number, axis = -1): tf.Tensor {
  ready();
  return overLastAxis(x, axis, 'drop', (rows) => invoke('LosslabSoftmaxMean', { x: rows }, { temperature })[0]!);
}

/** There eᵗ is 0, and t · eᵗ must be: −∞ · 0 would be NaN. */
const LEAST = -104;

interface Parts {
  readonly most: tf.Tensor; // [R, 1]
  readonly t: tf.Tensor; // (x − max x) / temperature, [R, C]
  readonly p: tf.Tensor; // [R, C]
  readonly mean: tf.Tensor; // E[t], [R, 1]
}

function partsOf(x: tf.Tensor, temperature: number): Parts {
  const most = x.max(-1, true);
  const t = x.sub(most).div(temperature).maximum(LEAST);
  const e = t.exp();
  const p = e.div(e.sum(-1, true));
  return { most, t, p, mean: p.mul(t).sum(-1, true) };
}

/** max x + temperature · E[t], x [R, C]. */
function forward({ inputs, attrs }: Call<Attributes>): tf.Tensor {
  return tf.tidy(() => {
    const { most, mean } = partsOf(inputs.x!, attrs.temperature);
    return most.add(mean.mul(attrs.temperature)).squeeze([1]);
  });
}

/** dy [R] · p (1 + t − E[t]), x [R, C]. */
function backward({ inputs, attrs }: Call<Attributes>): tf.Tensor {
  return tf.tidy(() => {
    const { x, dy } = inputs as { x: tf.Tensor; dy: tf.Tensor };
    const { t, p, mean } = partsOf(x, attrs.temperature);
    return p.mul(t.add(tf.sub(1, mean))).mul(dy.expandDims(1));
  });
}

export function registerSoftmaxMean(backendName: string): void {
  setKernel('LosslabSoftmaxMean', backendName, forward);
  setKernel('LosslabSoftmaxMeanGradient', backendName, backward);
}

export function registerSoftmaxMeanGradient(): void {
  setGradient<Attributes>('LosslabSoftmaxMean', {
    inputsToSave: ['x'],
    thunks: ([dy], [x], attrs) => ({ x: () => invoke('LosslabSoftmaxMeanGradient', { x: x!, dy: dy! }, attrs)[0]! }),
  });
}
