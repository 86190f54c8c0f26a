import type * as tf from '@tensorflow/tfjs';
import { invoke, setGradient, setKernel } from '../kernel.ts';
import { SIMD, type SimdBackend } from '../simd/index.ts';
import { type EmbeddingTable, inputOf, type Rows, rowCount, width } from '../tables/embedding-table.ts';
import { distinctOf } from './distinct.ts';
import { asTensor, simdBackend, tableOf, valuesOf, zeroForAnchor } from './source.ts';
import { keeping, type Workspace } from './workspace.ts';

interface NormAttributes {
  readonly table: EmbeddingTable | undefined;
  readonly shape: readonly number[]; // [rows, D]
  readonly ids: Int32Array;
}

interface NormState {
  readonly space: Workspace;
  readonly list: Int32Array; // distinct ids
  readonly counts: Float32Array; // how often each occurs
}

interface NormCall {
  readonly inputs: { readonly rows: tf.TensorInfo };
  readonly attrs: NormAttributes;
  readonly backend: SimdBackend;
}

const NAME = 'LosslabSquaredNorm';
const states = new WeakMap<object, NormState>();

/** Σ ‖rows[id]‖² over every occurrence, visiting each distinct row once. */
export function fusedSquaredNorm(rows: Rows, ids: Int32Array): tf.Scalar {
  const attrs: NormAttributes = { table: tableOf(rows), shape: [rowCount(rows), width(rows)], ids };
  const [norm, handle] = invoke(NAME, { rows: inputOf(rows) }, attrs);
  handle!.dispose(); // the tape, if there is one, has its own
  return norm as tf.Scalar;
}

function forward({ inputs, attrs, backend }: NormCall): tf.TensorInfo[] {
  const k = backend.kernels;
  const [rows, dim] = attrs.shape as [number, number];
  const { space, list, counts } = keeping(k, (space): NormState => {
    const { list, positions } = distinctOf(space, space.resident(attrs.ids), rows);
    const counts = space.f32(list.length);
    k.countPositions({ positions, counts });
    return { space, list, counts };
  });
  const norm = backend.allocate([]);
  const table = valuesOf(backend, attrs.table, inputs.rows);
  norm.view[0] = list.length === 0 ? 0 : k.sumOfSquares({ table, dim, ids: list, weights: counts });
  const handle = backend.allocate([], 'int32');
  states.set(handle.dataId, { space, list, counts });
  backend.whenDisposed(handle, () => space.release());
  return [norm, handle];
}

/** 2 dy · count · row, a distinct row. */
function backward(dy: tf.Tensor, rows: tf.Tensor, handle: tf.Tensor, { table, shape }: NormAttributes): tf.Tensor {
  const backend = simdBackend();
  const k = backend.kernels;
  const { space, list, counts } = states.get(handle.dataId)!;
  const dim = shape[1]!;
  const terms = { scale: 2 * backend.view(dy)[0]!, source: valuesOf(backend, table, rows), dim, weights: counts };
  if (table?.shared === undefined) {
    const out = backend.allocate(shape);
    k.fill({ out: out.view, value: 0 });
    if (list.length > 0) k.axpyRows({ ...terms, sourceRows: list, outRows: list, out: out.view });
    return asTensor(out);
  }
  const { gradient } = table.shared;
  const outRows = space.i32(list.length);
  gradient.claim(list, outRows);
  if (list.length > 0) k.axpyRows({ ...terms, sourceRows: list, outRows, out: gradient.values });
  return zeroForAnchor();
}

export function registerSquaredNorm(): void {
  setKernel(NAME, SIMD, (call) => forward(call as unknown as NormCall));
  setGradient<NormAttributes>(NAME, {
    inputsToSave: ['rows'],
    outputsToSave: [false, true],
    thunks: ([dy], [rows, handle], attrs) => ({ rows: () => backward(dy!, rows!, handle!, attrs) }),
  });
}
