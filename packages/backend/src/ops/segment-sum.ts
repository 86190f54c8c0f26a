import * as tf from '@tensorflow/tfjs';
import { type Call, setKernel } from '../kernel.ts';

const values = (x: tf.TensorInfo): Float32Array | Int32Array =>
  (tf.backend() as unknown as { readSync(id: object): Float32Array | Int32Array }).readSync(x.dataId);

/**
 * tfjs's UnsortedSegmentSum in O(rows × width): the stock one of `cpu` is O(segments × rows × width), and `wasm` has none.
 * x [n, ...], segmentIds [n]; rows whose segment is outside [0, numSegments) are left out.
 */
function unsortedSegmentSum({ inputs, attrs }: Call<{ numSegments: number }>): tf.Tensor {
  const { x, segmentIds } = inputs as { x: tf.Tensor; segmentIds: tf.Tensor };
  const shape = [attrs.numSegments, ...x.shape.slice(segmentIds.shape.length)];
  const width = tf.util.sizeFromShape(shape.slice(1));
  const from = values(x);
  const segments = values(segmentIds);
  const out = tf.util.getTypedArrayFromDType(x.dtype as 'float32', tf.util.sizeFromShape(shape));
  for (let row = 0; row < segments.length; row++) {
    const segment = segments[row]!;
    if (segment < 0 || segment >= attrs.numSegments) continue;
    for (let d = 0; d < width; d++) out[segment * width + d]! += from[row * width + d]!;
  }
  return tf.engine().makeTensor(out, shape, x.dtype) as tf.Tensor;
}

export function registerSegmentSum(backendName: string): void {
  setKernel('UnsortedSegmentSum', backendName, unsortedSegmentSum);
}
