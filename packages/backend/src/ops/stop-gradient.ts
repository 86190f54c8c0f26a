import * as tf from '@tensorflow/tfjs';

interface Counted {
  incRef(id: object): void;
}

/** x as a constant: the same data in a new tensor that the tape does not know, so nothing below it is walked back. */
export function stopGradient<T extends tf.Tensor>(x: T): T {
  const engine = tf.engine();
  const owner = engine.state.tensorInfo.get(x.dataId)!.backend;
  (owner as unknown as Counted).incRef(x.dataId);
  return engine.makeTensorFromTensorInfo({ dataId: x.dataId, shape: x.shape, dtype: x.dtype }, owner) as T;
}
