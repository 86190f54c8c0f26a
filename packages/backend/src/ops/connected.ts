import * as tf from '@tensorflow/tfjs';
import { type Call, invoke, setGradient, setKernel } from '../kernel.ts';

interface Counted {
  incRef(id: object): void;
}

/**
 * `loss` itself, with `root` on its path: the tape accepts it even where no other variable is. One kernel where adding 0 · root
 * would take two and their gradients.
 */
export function connected(loss: tf.Scalar, root: tf.Variable): tf.Scalar {
  return invoke('LosslabConnected', { loss, root })[0] as tf.Scalar;
}

/** The same data in a new tensor. */
function forward({ inputs, backend }: Call<object> & { readonly backend: unknown }): tf.TensorInfo {
  const { dataId, shape, dtype } = inputs.loss!;
  (backend as Counted).incRef(dataId);
  return { dataId, shape, dtype };
}

export function registerConnected(backendName: string): void {
  setKernel('LosslabConnected', backendName, forward);
}

export function registerConnectedGradient(): void {
  setGradient('LosslabConnected', {
    thunks: ([dy]) => ({ loss: () => tf.clone(dy!), root: () => tf.scalar(0) }),
  });
}
