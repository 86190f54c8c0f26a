// Bundled by bundle.ts: tfjs's own tests against the backend `simd`, in one copy of tfjs-core.
import { createHash } from 'node:crypto';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import { Random } from '@losslab/kernels';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import { registerSimd, SIMD, SimdBackend } from '../src/simd/index.ts';

const seen = createHash('sha256');

/** A digest of all numbers that the tests have read so far. */
export const digest = (): string => seen.copy().digest('hex');

const read = SimdBackend.prototype.readSync;
SimdBackend.prototype.readSync = function (dataId) {
  const values = read.call(this, dataId);
  seen.update(ArrayBuffer.isView(values) ? values : JSON.stringify(values));
  return values;
};

registerSimd();
setTestEnvs([{ name: SIMD, backendName: SIMD, isDataSync: true }]);

// The tests draw from Math.random; two runs must draw alike for their digests to be comparable.
const random = new Random({ seed: 1 });
Math.random = () => random.float();
