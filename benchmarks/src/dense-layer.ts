import * as tf from '@tensorflow/tfjs';

/** A product [m, k] · [k, n], and with `backward` the two of its gradient: [m, n] · [n, k] and [k, m] · [m, n]. */
export interface LayerSizes {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly backward: boolean;
}

/** Makes the matrices on the backend in use, and returns the work: products that are read by nobody. */
export function denseLayer({ m, k, n, backward }: LayerSizes): () => void {
  const [x, w, g] = [tf.randomNormal([m, k]), tf.randomNormal([k, n]), tf.randomNormal([m, n])];
  for (const tensor of [x, w, g]) tf.keep(tensor);
  return () => {
    tf.tidy(() => {
      tf.matMul(x, w);
      if (!backward) return;
      tf.matMul(g, w, false, true);
      tf.matMul(x, g, true, false);
    });
  };
}

export const operationsOf = ({ m, k, n, backward }: LayerSizes): number => 2 * m * k * n * (backward ? 3 : 1);
