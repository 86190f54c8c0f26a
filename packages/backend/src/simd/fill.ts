import type { DataType, TensorInfo } from '@tensorflow/tfjs';
import { isFloat, type NumericType, type SimdBackend } from './backend.ts';
import { replaceKernel } from './register.ts';

function filled(shape: readonly number[], value: number, backend: SimdBackend): TensorInfo {
  const out = backend.allocate(shape);
  backend.kernels.fill({ out: out.view, value });
  return out;
}

/** The stock kernel widens by relabelling: an int32 array under a float32 tensor. Kernels need the values themselves. */
function widen(x: TensorInfo, dtype: NumericType, backend: SimdBackend): TensorInfo {
  const out = backend.allocate(x.shape, dtype);
  out.view.set(backend.view(x));
  return out;
}

function isWidening(from: DataType, to: DataType): to is NumericType {
  return (from === 'bool' && (to === 'int32' || to === 'float32')) || (from === 'int32' && to === 'float32');
}

export function registerFills(): void {
  replaceKernel<{ x: TensorInfo }, { dtype: DataType }>('Cast', ({ inputs: { x }, attrs: { dtype }, backend }) =>
    isWidening(x.dtype, dtype) ? widen(x, dtype, backend) : undefined,
  );
  replaceKernel<unknown, { shape: number[]; value: number; dtype?: string }>('Fill', ({ attrs, backend }) => {
    const { shape, value, dtype } = attrs;
    return dtype === 'float32' && typeof value === 'number' ? filled(shape, value, backend) : undefined;
  });
  for (const [name, value] of [
    ['ZerosLike', 0],
    ['OnesLike', 1],
  ] as const) {
    replaceKernel<{ x: TensorInfo }, unknown>(name, ({ inputs: { x }, backend }) =>
      isFloat(x) ? filled(x.shape, value, backend) : undefined,
    );
  }
}
