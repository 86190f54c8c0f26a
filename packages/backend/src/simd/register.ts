import {
  getKernel,
  getKernelsForBackend,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs';
import type { SimdBackend } from './backend.ts';

export const SIMD = 'simd';

export interface KernelArguments<Inputs, Attributes> {
  readonly inputs: Inputs;
  readonly attrs: Attributes;
  readonly backend: SimdBackend;
}

/**
 * Puts a kernel of ours in the place of the stock one. It may decline (other dtypes, odd broadcasts) by returning undefined,
 * and the stock one runs.
 */
export function replaceKernel<Inputs, Attributes>(
  kernelName: string,
  kernel: (args: KernelArguments<Inputs, Attributes>) => TensorInfo | TensorInfo[] | undefined,
): void {
  const stock = getKernel(kernelName, SIMD).kernelFunc;
  unregisterKernel(kernelName, SIMD);
  const kernelFunc: KernelFunc = (args) => {
    const own = kernel(args as unknown as KernelArguments<Inputs, Attributes>);
    return own ?? stock(args);
  };
  registerKernel({ kernelName, backendName: SIMD, kernelFunc });
}

/** Gives `simd` every stock kernel of `cpu`. */
export function inheritKernels(): void {
  for (const { kernelFunc: stock, ...config } of getKernelsForBackend('cpu')) {
    const kernelFunc: KernelFunc = (args) => (args.backend as SimdBackend).runStock(() => stock(args));
    registerKernel({ ...config, backendName: SIMD, kernelFunc });
  }
}
