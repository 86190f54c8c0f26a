import * as tf from '@tensorflow/tfjs';
import { type Contender, inProcess, type Missing } from './contender.ts';
import type { StepSizes } from './losslab-step.ts';

/**
 * The loss alone on [B, N + 1] scores, value and gradient, in stock tfjs ops: −s⁺/τ + w · log Σ exp(s⁻/τ). The whole step is
 * out of stock tfjs's reach: `cpu` scatters gradients in O(rows × pairs), `wasm` not at all.
 */
export async function stockLoss(backend: 'cpu' | 'wasm', sizes: StepSizes): Promise<Contender | Missing> {
  const name = `stock tfjs ${backend}`;
  try {
    if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
    await tf.setBackend(backend);
    await tf.ready();
  } catch (error) {
    return { name, missing: (error as Error).message };
  }
  const scores = tf.keep(tf.randomNormal([sizes.batch, sizes.negatives + 1], 0, 0.3, 'float32', 1));
  const loss = (s: tf.Tensor): tf.Scalar => {
    const y = s.div(0.11);
    const positive = y.slice([0, 0], [-1, 1]);
    const negative = y.slice([0, 1], [-1, -1]);
    return tf.mean(tf.sub(tf.mul(1.1, tf.logSumExp(negative, 1)), tf.squeeze(positive, [1])));
  };
  const run = async (): Promise<void> => {
    await tf.setBackend(backend);
    tf.tidy(() => tf.grad(loss)(scores).dataSync());
  };
  return inProcess(name, run, () => scores.dispose());
}
