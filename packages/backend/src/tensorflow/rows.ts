import * as tf from '@tensorflow/tfjs';
import { type Call, invoke, setGradient, setKernel } from '../kernel.ts';
import { run, TENSORFLOW } from './library.ts';

const NAME = 'LosslabGather';

/** Rows of x by ids that the caller has checked: tfjs-node's own kernel reads all ids back to check them. */
export function gatherRows(x: tf.TensorInfo, ids: tf.TensorInfo): tf.Tensor {
  const axis = tf.scalar(0, 'int32');
  const attributes = { batch_dims: 0, Tparams: 'float32', Tindices: 'int32', Taxis: 'int32' } as const;
  const out = run('GatherV2', attributes, [x, ids, axis]);
  axis.dispose();
  return out;
}

/** x [rows, D], ids [n] in [0, rows) → [n, D], on the tape; where `hasNativeRows()`. */
export const nativeRows = (x: tf.Tensor2D, ids: tf.Tensor1D): tf.Tensor2D =>
  invoke(NAME, { x, ids }, { rows: x.shape[0] })[0] as tf.Tensor2D;

export const hasNativeRows = (): boolean => tf.getKernel(NAME, tf.getBackend()) !== undefined;

export function registerNativeRows(): void {
  setKernel(NAME, TENSORFLOW, ({ inputs }: Call<object>) => gatherRows(inputs.x!, inputs.ids!));
  // tfjs's gradient of a gather transposes before and after the same sum.
  setGradient<{ rows: number }>(NAME, {
    inputsToSave: ['ids'],
    thunks: ([dy], [ids], { rows }) => ({ x: () => tf.unsortedSegmentSum(dy!, ids as tf.Tensor1D, rows) }),
  });
}
