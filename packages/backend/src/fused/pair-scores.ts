import type * as tf from '@tensorflow/tfjs';
import { invoke, setGradient, setKernel } from '../kernel.ts';
import type { PairOptions, PairPartsOptions } from '../pairs/pair-options.ts';
import { SIMD, type SimdBackend } from '../simd/index.ts';
import { inputOf, rowCount, width } from '../tables/embedding-table.ts';
import { directScores, isDirect } from './direct-pairs.ts';
import { leftGradient, rightGradient } from './pair-gradient.ts';
import { type PairAttributes, type PairState, scorePairs } from './pair-kernel.ts';
import { simdBackend, tableOf } from './source.ts';
import { keeping } from './workspace.ts';

const NAME = 'LosslabPairScores';

/** By the data of the op's second output, which the tape keeps as long as it needs the state. */
const states = new WeakMap<object, PairState>();

function attributesOf({ left, right, leftRows, rightRows, leftDropout }: PairOptions, cosine: boolean): PairAttributes {
  return {
    leftTable: tableOf(left),
    rightTable: tableOf(right),
    leftShape: [rowCount(left), width(left)],
    rightShape: [rowCount(right), width(right)],
    leftRows,
    rightRows,
    cosine,
    dropout: leftDropout,
  };
}

/**
 * Scores [B, N] of each matrix of right rows, N ≥ 1, without an array of [B, N, D]; gradients go into row buffers, or are dense for
 * tensors.
 */
export function fusedScores({ rightRows: parts, ...options }: PairPartsOptions, cosine: boolean): tf.Tensor2D[] {
  const inputs = { left: inputOf(options.left), right: inputOf(options.right) };
  const each = parts.map((rightRows) => attributesOf({ ...options, rightRows }, cosine));
  if (parts.length > 0 && each.every(isDirect)) return [...directScores(inputs, { ...each[0]!, parts })];
  return each.map((attrs) => {
    if (isDirect(attrs)) return directScores(inputs, { ...attrs, parts: [attrs.rightRows] })[0]!;
    const [scores, handle] = invoke(NAME, inputs, attrs);
    handle!.dispose(); // the tape, if there is one, has its own
    return scores as tf.Tensor2D;
  });
}

interface PairCall {
  readonly inputs: { readonly left: tf.TensorInfo; readonly right: tf.TensorInfo };
  readonly attrs: PairAttributes;
  readonly backend: SimdBackend;
}

function forward({ inputs, attrs, backend }: PairCall): tf.TensorInfo[] {
  const scores = backend.allocate([attrs.rightRows.rows, attrs.rightRows.columns]);
  const state = keeping(backend.kernels, (space) => scorePairs(backend, inputs, attrs, scores.view, space));
  const handle = backend.allocate([], 'int32');
  states.set(handle.dataId, state);
  backend.whenDisposed(handle, () => state.space.release());
  return [scores, handle];
}

export function registerPairScores(): void {
  setKernel(NAME, SIMD, (call) => forward(call as unknown as PairCall));
  setGradient<PairAttributes>(NAME, {
    outputsToSave: [false, true],
    thunks: ([dy], [handle], attrs) => {
      const backend = simdBackend();
      const run = () => ({ backend, attrs, state: states.get(handle!.dataId)!, dy: dy! });
      return { left: () => leftGradient(run()), right: () => rightGradient(run()) };
    },
  });
}
