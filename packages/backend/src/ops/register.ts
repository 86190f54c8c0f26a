import * as tf from '@tensorflow/tfjs';
import { assertOneTfjs } from '../one-tfjs.ts';
import { registerConnected, registerConnectedGradient } from './connected.ts';
import { registerLogSumExp, registerLogSumExpGradient } from './log-sum-exp.ts';
import { registerSegmentSum } from './segment-sum.ts';
import { registerSoftmax, registerSoftmaxGradient } from './softmax.ts';
import { registerSoftmaxMean, registerSoftmaxMeanGradient } from './softmax-mean.ts';
import { registerSoftplus, registerSoftplusGradient } from './softplus.ts';
import { registerSpmmGradient } from './spmm.ts';

/** Backends whose UnsortedSegmentSum is missing or quadratic. */
const WITHOUT_SEGMENT_SUM = ['cpu', 'wasm'];

/** Backends with kernels of their own for all of this package's ops. They say so, so that ops alone do not bring them along. */
const own = new Map<string, () => void>();

/** What `registerFallbacks` does on a backend in place of composing this package's ops of stock ones. */
export function registerOwn(backendName: string, register: () => void): void {
  own.set(backendName, register);
}

/** Backends that have something better for some of them: it takes the place of what was composed. */
const better = new Map<string, () => void>();

/** What `registerFallbacks` does on a backend after composing this package's ops of stock ones. */
export function registerBetter(backendName: string, register: () => void): void {
  better.set(backendName, register);
}

const prepared = new Set<string>();
let gradients = false;

function registerGradients(): void {
  if (gradients) return;
  gradients = true;
  registerConnectedGradient();
  registerLogSumExpGradient();
  registerSoftmaxGradient();
  registerSoftmaxMeanGradient();
  registerSoftplusGradient();
  registerSpmmGradient();
}

/**
 * Registers this package's kernels on a backend: fused on `simd`, elsewhere composed of its own ops; on `cpu` and `wasm`
 * also a linear UnsortedSegmentSum, on `tensorflow` what libtensorflow itself does faster. Ops, tables and `useEngine` call it
 * for the active backend.
 * @throws LosslabError `engine` where a second copy of tfjs is loaded
 */
export function registerFallbacks(backendName: string): void {
  registerGradients();
  if (prepared.has(backendName)) return;
  assertOneTfjs();
  prepared.add(backendName);
  registerConnected(backendName);
  const registerKernels = own.get(backendName);
  if (registerKernels !== undefined) {
    registerKernels();
    return;
  }
  registerLogSumExp(backendName);
  registerSoftmax(backendName);
  registerSoftmaxMean(backendName);
  registerSoftplus(backendName);
  if (WITHOUT_SEGMENT_SUM.includes(backendName)) registerSegmentSum(backendName);
  better.get(backendName)?.();
}

/** Sees to it that the active backend has this package's kernels. */
export function ready(): void {
  tf.backend(); // chooses one where none is active
  registerFallbacks(tf.getBackend());
}
