import type { TensorInfo } from '@tensorflow/tfjs';
import { isFloat, type SimdBackend, sizeOf } from './backend.ts';
import { replaceKernel } from './register.ts';

/** The first place in ids of one outside [0, bound); −1 where there is none. */
function firstOutside(ids: Int32Array, bound: number, backend: SimdBackend): number {
  return backend.kernels.engine.call('firstOutside', [ids.byteOffset, ids.length, bound]);
}

/** The kernel leaves negative ids out; the stock one leaves out those past the last segment, too. */
function withinSegments(ids: Int32Array, segments: number): Int32Array {
  return ids.map((id) => (id < segments ? id : -1));
}

interface SegmentInputs {
  readonly x: TensorInfo;
  readonly segmentIds: TensorInfo;
}

function segmentSum(
  { x, segmentIds }: SegmentInputs,
  numSegments: number,
  backend: SimdBackend,
): TensorInfo | undefined {
  if (!isFloat(x) || segmentIds.dtype !== 'int32' || segmentIds.shape.length !== 1) return undefined;
  const ids = backend.view(segmentIds) as unknown as Int32Array;
  const inner = x.shape.slice(1);
  if (sizeOf(inner) === 0) return undefined;
  const out = backend.allocate([numSegments, ...inner]);
  const { memory } = backend.kernels;
  const clean = firstOutside(ids, numSegments, backend) < 0;
  const segments = clean ? ids : memory.copyOf(withinSegments(ids, numSegments));
  backend.kernels.segmentSum({ source: backend.view(x), segments, out: out.view, dim: sizeOf(inner) });
  if (!clean) memory.free(segments);
  return out;
}

interface GatherAttributes {
  readonly axis: number;
  readonly batchDims: number;
}

/** Rows of a matrix by a list of ids. Ids out of range are the stock kernel's to refuse. */
function gather(
  { x, indices }: { x: TensorInfo; indices: TensorInfo },
  { axis, batchDims }: GatherAttributes,
  backend: SimdBackend,
): TensorInfo | undefined {
  if (!isFloat(x) || indices.dtype !== 'int32' || axis !== 0 || batchDims !== 0 || x.shape.length !== 2)
    return undefined;
  const [rows, dim] = x.shape as [number, number];
  const ids = backend.view(indices) as unknown as Int32Array;
  if (dim === 0 || firstOutside(ids, rows, backend) >= 0) return undefined;
  const out = backend.allocate([...indices.shape, dim]);
  backend.kernels.gatherRows({ table: backend.view(x), dim, ids, out: out.view });
  return out;
}

export function registerRows(): void {
  replaceKernel<SegmentInputs, { numSegments: number }>('UnsortedSegmentSum', ({ inputs, attrs, backend }) =>
    segmentSum(inputs, attrs.numSegments, backend),
  );
  replaceKernel<{ x: TensorInfo; indices: TensorInfo }, GatherAttributes>('GatherV2', ({ inputs, attrs, backend }) =>
    gather(inputs, attrs, backend),
  );
}
