import { loadKernels } from '@losslab/kernels';
import { findBackendFactory, registerBackend } from '@tensorflow/tfjs';
import { SimdBackend } from './backend.ts';
import { registerElementwise } from './elementwise.ts';
import { registerFills } from './fill.ts';
import { registerLayout } from './layout.ts';
import { registerMatrices } from './matrices.ts';
import { registerReductions } from './reductions.ts';
import { inheritKernels, SIMD } from './register.ts';
import { registerRows } from './rows.ts';

export { SimdBackend } from './backend.ts';
export { SIMD } from './register.ts';

/** Below cpu's 1, so that registering never selects it. */
const PRIORITY = 0;

/** Node loads the kernels at once; elsewhere they are fetched first. */
const inNode = (): boolean => typeof process === 'object' && process.versions?.node !== undefined;

/** Registers the tfjs backend `simd` and its kernels, once. Selects nothing: that is `useEngine`'s, or `tf.setBackend`'s. */
export function registerSimd(): void {
  if (findBackendFactory(SIMD) != null) return;
  inheritKernels();
  registerElementwise();
  registerReductions();
  registerMatrices();
  registerRows();
  registerFills();
  registerLayout();
  registerBackend(SIMD, () => (inNode() ? new SimdBackend() : loadKernels().then(() => new SimdBackend())), PRIORITY);
}
