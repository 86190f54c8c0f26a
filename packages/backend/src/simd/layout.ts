import { backend_util, slice_util, type TensorInfo, util } from '@tensorflow/tfjs';
import { isNumeric, type NumericType, type SimdBackend, sizeOf } from './backend.ts';
import { copyBox, type Numbers, permute, repeat } from './box.ts';
import { replaceKernel } from './register.ts';

/** What moves numbers about without arithmetic, for every numeric dtype: the stock kernels go element by element. */

const numbersOf = (x: TensorInfo, backend: SimdBackend): Numbers => backend.view(x);

function output(shape: readonly number[], x: TensorInfo, backend: SimdBackend) {
  const { view, ...info } = backend.allocate(shape, x.dtype as NumericType);
  return { info, values: view as Numbers };
}

function slice(x: TensorInfo, begin: readonly number[], size: readonly number[], backend: SimdBackend): TensorInfo {
  const { info, values } = output(size, x, backend);
  const at = new Array<number>(size.length).fill(0);
  copyBox({ values: numbersOf(x, backend), shape: x.shape, at: begin }, { values, shape: size, at }, size);
  return info;
}

function registerSlices(): void {
  replaceKernel<{ x: TensorInfo }, { begin: number | number[]; size: number | number[] }>(
    'Slice',
    ({ inputs: { x }, attrs, backend }) => {
      if (!isNumeric(x.dtype)) return undefined;
      const [begin, size] = slice_util.parseSliceParams(x, attrs.begin, attrs.size) as [number[], number[]];
      slice_util.assertParamsValid(x, begin, size);
      return slice(x, begin, size, backend);
    },
  );
  replaceKernel<{ x: TensorInfo }, { numOrSizeSplits: number | number[]; axis: number }>(
    'SplitV',
    ({ inputs: { x }, attrs, backend }) => {
      if (!isNumeric(x.dtype)) return undefined;
      const axis = util.parseAxisParam(attrs.axis, x.shape)[0]!;
      const lengths = backend_util.prepareSplitSize(x as never, attrs.numOrSizeSplits, axis);
      const begin = new Array<number>(x.shape.length).fill(0);
      return lengths.map((length) => {
        const size = x.shape.map((each, d) => (d === axis ? length : each));
        const part = slice(x, begin, size, backend);
        begin[axis]! += length;
        return part;
      });
    },
  );
}

function pad(x: TensorInfo, paddings: readonly [number, number][], value: number, backend: SimdBackend): TensorInfo {
  const shape = x.shape.map((length, d) => length + paddings[d]![0] + paddings[d]![1]);
  const { info, values } = output(shape, x, backend);
  if (values instanceof Float32Array) backend.kernels.fill({ out: values, value });
  else values.fill(value);
  const origin = new Array<number>(shape.length).fill(0);
  const at = paddings.map(([before]) => before);
  copyBox({ values: numbersOf(x, backend), shape: x.shape, at: origin }, { values, shape, at }, x.shape);
  return info;
}

/** Joins numeric tensors of one dtype; empty ones count for nothing. */
function concat(tensors: readonly TensorInfo[], axis: number, backend: SimdBackend): TensorInfo | undefined {
  const [first] = tensors as [TensorInfo];
  if (!isNumeric(first.dtype) || tensors.some((each) => each.dtype !== first.dtype)) return undefined;
  const at = util.parseAxisParam(axis, first.shape)[0]!;
  const shapes = tensors.map((each) => each.shape);
  backend_util.assertParamsConsistent(shapes, at);
  const shape = backend_util.computeOutShape(shapes, at);
  const { info, values } = output(shape, first, backend);
  const begin = new Array<number>(shape.length).fill(0);
  const origin = [...begin];
  for (const each of tensors) {
    const from = { values: numbersOf(each, backend), shape: each.shape, at: origin };
    copyBox(from, { values, shape, at: [...begin] }, each.shape);
    begin[at]! += each.shape[at]!;
  }
  return info;
}

function transpose(x: TensorInfo, perm: readonly number[], backend: SimdBackend): TensorInfo {
  const shape = perm.map((d) => x.shape[d]!);
  const { info, values } = output(shape, x, backend);
  const from = numbersOf(x, backend);
  const isMatrix = perm.length === 2 && perm[0] === 1 && sizeOf(shape) > 0;
  if (isMatrix && values instanceof Float32Array) {
    const [rows, columns] = x.shape as [number, number];
    backend.kernels.transpose({ x: from as Float32Array, rows, columns, out: values });
  } else if (perm.length === 0) values.set(from);
  else permute(from, x.shape, perm, values);
  return info;
}

export function registerLayout(): void {
  registerSlices();
  replaceKernel<{ x: TensorInfo }, { paddings: [number, number][]; constantValue: number }>(
    'PadV2',
    ({ inputs: { x }, attrs, backend }) =>
      isNumeric(x.dtype) ? pad(x, attrs.paddings, attrs.constantValue, backend) : undefined,
  );
  replaceKernel<TensorInfo[], { axis: number }>('Concat', ({ inputs, attrs, backend }) =>
    concat(inputs, attrs.axis, backend),
  );
  replaceKernel<{ x: TensorInfo }, { perm: number[] }>('Transpose', ({ inputs: { x }, attrs, backend }) =>
    isNumeric(x.dtype) ? transpose(x, attrs.perm, backend) : undefined,
  );
  replaceKernel<{ x: TensorInfo }, { reps: number[] }>('Tile', ({ inputs: { x }, attrs: { reps }, backend }) => {
    if (!isNumeric(x.dtype) || reps.length !== x.shape.length) return undefined;
    const shape = x.shape.map((length, d) => length * reps[d]!);
    const { info, values } = output(shape, x, backend);
    repeat(numbersOf(x, backend), x.shape, reps, values);
    return info;
  });
}
