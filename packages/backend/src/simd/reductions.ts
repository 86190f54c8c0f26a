import type { ReduceOp } from '@losslab/kernels';
import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs';
import { isFloat, type SimdBackend, sizeOf } from './backend.ts';
import { replaceKernel } from './register.ts';

const REDUCTIONS: Readonly<Record<string, ReduceOp>> = { Sum: 'sum', Mean: 'mean', Max: 'max', Min: 'min' };

interface ReduceAttributes {
  readonly axis?: number | number[];
  readonly reductionIndices?: number | number[]; // what Max calls its axis
  readonly keepDims?: boolean;
}

/** Reduces trailing axes row by row, and leading axes of a sum column by column. */
function reduce(
  op: ReduceOp,
  x: TensorInfo,
  { axis, reductionIndices, keepDims }: ReduceAttributes,
  backend: SimdBackend,
): TensorInfo | undefined {
  const axes = util.parseAxisParam((axis ?? reductionIndices) as number | number[], x.shape).sort((a, b) => a - b);
  const rank = x.shape.length;
  const [kept, reduced] = backend_util.computeOutAndReduceShapes(x.shape, axes);
  if (!isFloat(x) || sizeOf(x.shape) === 0) return undefined;
  const shape = keepDims ? backend_util.expandShapeToKeepDim(kept, axes) : kept;
  if (axes.every((a, k) => a === rank - axes.length + k)) {
    const out = backend.allocate(shape);
    backend.kernels.reduceRows(op, { x: backend.view(x), columns: sizeOf(reduced), out: out.view });
    return out;
  }
  if (op === 'sum' && axes.every((a, k) => a === k)) {
    const out = backend.allocate(shape);
    backend.kernels.columnSum({ x: backend.view(x), columns: sizeOf(kept), out: out.view });
    return out;
  }
  return undefined;
}

export function registerReductions(): void {
  for (const [name, op] of Object.entries(REDUCTIONS)) {
    replaceKernel<{ x: TensorInfo }, ReduceAttributes>(name, ({ inputs, attrs, backend }) =>
      reduce(op, inputs.x, attrs, backend),
    );
  }
  replaceKernel<{ logits: TensorInfo }, unknown>('Softmax', ({ inputs: { logits }, backend }) => {
    if (!isFloat(logits) || sizeOf(logits.shape) === 0) return undefined;
    const out = backend.allocate(logits.shape);
    backend.kernels.softmax({ x: backend.view(logits), columns: logits.shape.at(-1)!, out: out.view });
    return out;
  });
}
