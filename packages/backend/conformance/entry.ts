// Bundled by bundle.ts: tfjs's own tests against the backend `simd`, in one copy of tfjs-core.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import { registerSimd, SIMD } from '../src/simd/index.ts';

registerSimd();
setTestEnvs([{ name: SIMD, backendName: SIMD, isDataSync: true }]);
