import * as tf from '@tensorflow/tfjs';
import { type Call, invoke, setGradient, setKernel } from '../kernel.ts';
import { overLastAxis } from './last-axis.ts';
import { ready } from './register.ts';

export interface LogSumExpAttributes {
  /** Divide the sum by the number of columns. */
  readonly mean: boolean;
  readonly temperature: number;
}

/** x [R, C] → [R]. */
function logSumExpOfRows(x: tf.Tensor2D, temperature: number, mean: boolean): tf.Tensor {
  if (x.shape[1] === 0) return tf.fill([x.shape[0]], mean ? Number.NaN : Number.NEGATIVE_INFINITY);
  ready();
  return invoke('LosslabLogSumExp', { x }, { mean, temperature })[0]!;
}

/**
 * ln Σ exp(x / temperature) along one axis (by default the last), which goes; no overflow at ±1e4 or beyond. Gradient:
 * softmax(x / temperature) / temperature. x: float32 of any shape. −∞ only (or no columns) gives −∞.
 * @param temperature > 0, in the unit of x; dividing here costs nothing
 */
export function logSumExp(x: tf.Tensor2D, temperature?: number, axis?: number): tf.Tensor1D;
export function logSumExp<R extends tf.Tensor>(x: tf.Tensor, temperature?: number, axis?: number): R;
export function logSumExp(x: tf.Tensor, temperature = 1, axis = -1): tf.Tensor {
  return overLastAxis(x, axis, 'drop', (rows) => logSumExpOfRows(rows, temperature, false));
}

/** ln of the mean of exp(x / temperature) along one axis (by default the last), which goes. As logSumExp, less ln C. */
export function logMeanExp(x: tf.Tensor2D, temperature?: number, axis?: number): tf.Tensor1D;
export function logMeanExp<R extends tf.Tensor>(x: tf.Tensor, temperature?: number, axis?: number): R;
export function logMeanExp(x: tf.Tensor, temperature = 1, axis = -1): tf.Tensor {
  return overLastAxis(x, axis, 'drop', (rows) => logSumExpOfRows(rows, temperature, true));
}

function forward({ inputs, attrs }: Call<LogSumExpAttributes>): tf.Tensor {
  return tf.tidy(() => {
    const x = (inputs.x as tf.Tensor2D).div<tf.Tensor2D>(attrs.temperature);
    const most = x.max(-1, true);
    const shift = tf.where(tf.isFinite(most), most, tf.zerosLike(most));
    const sum = x.sub(shift).exp().sum(-1);
    const log = sum.log().add(shift.squeeze([1]));
    return attrs.mean ? log.sub(Math.log(x.shape[1])) : log;
  });
}

/** dy [R] · exp(x / temperature − lse) / temperature, x [R, C]; with `mean`, lse is the log of the mean, and the sum's share is 1 / C. */
function backward({ inputs, attrs }: Call<LogSumExpAttributes>): tf.Tensor {
  return tf.tidy(() => {
    const { x, lse, dy } = inputs as { x: tf.Tensor2D; lse: tf.Tensor1D; dy: tf.Tensor1D };
    const share = attrs.mean ? dy.div(x.shape[1]) : dy;
    const slope = share.div(attrs.temperature).expandDims(1);
    return x.div(attrs.temperature).sub(lse.expandDims(1)).exp().mul(slope);
  });
}

export function registerLogSumExp(backendName: string): void {
  setKernel('LosslabLogSumExp', backendName, forward);
  setKernel('LosslabLogSumExpGradient', backendName, backward);
}

export function registerLogSumExpGradient(): void {
  setGradient<LogSumExpAttributes>('LosslabLogSumExp', {
    inputsToSave: ['x'],
    outputsToSave: [true],
    thunks: ([dy], [x, lse], attrs) => ({
      x: () => invoke('LosslabLogSumExpGradient', { x: x!, lse: lse!, dy: dy! }, attrs)[0]!,
    }),
  });
}
