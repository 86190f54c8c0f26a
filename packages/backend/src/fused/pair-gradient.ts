import type { PlanWeights } from '@losslab/kernels';
import type * as tf from '@tensorflow/tfjs';
import type { SimdBackend } from '../simd/index.ts';
import type { PairAttributes, PairState } from './pair-kernel.ts';
import { scatterGradient, zeroForAnchor } from './source.ts';
import { borrowing } from './workspace.ts';

interface Run {
  readonly backend: SimdBackend;
  readonly attrs: PairAttributes;
  readonly state: PairState;
  readonly dy: tf.Tensor; // [B, N]
}

/** dy in the order of the plan: made for whichever gradient is asked for first. An op is walked back once, with one dy. */
function weightsOf({ backend, state, dy }: Run): PlanWeights {
  if (state.weights === undefined) {
    const weights = backend.kernels.planWeights(state.plan, backend.view(dy));
    state.space.defer(() => backend.kernels.freeWeights(weights));
    state.weights = weights;
  }
  return state.weights;
}

/** Σ_n dy_bn · item_bn a batch row, back through normalisation and dropout. */
export function leftGradient(run: Run): tf.Tensor {
  const { backend, attrs, state } = run;
  const k = backend.kernels;
  const dim = attrs.leftShape[1]!;
  const { left, right, mask, plan, leftIds } = state;
  return borrowing(k, (space) => {
    const gradient = space.f32(left.rows.length);
    k.planGradients(plan, { weights: weightsOf(run), left: left.rows, right: right.rows, leftGradient: gradient });
    if (left.inverseNorms) {
      k.projectNormalised({ gradient, unit: left.rows, inverseNorms: left.inverseNorms, dim });
    }
    if (mask) k.binary('mul', { left: gradient, right: mask, out: gradient });
    return scatterGradient(backend, attrs.leftTable, attrs.leftShape, leftIds, gradient);
  });
}

/**
 * Σ over a distinct row's pairs of dy · user, back through normalisation. Straight into an empty row buffer: its slots are then
 * the distinct rows in the same order.
 */
export function rightGradient(run: Run): tf.Tensor {
  const { backend, attrs, state } = run;
  const k = backend.kernels;
  const dim = attrs.rightShape[1]!;
  const { left, right, plan } = state;
  return borrowing(k, (space) => {
    const shared = attrs.rightTable?.shared;
    const direct = shared !== undefined && shared.gradient.count === 0;
    if (direct) shared.gradient.claim(right.list, undefined, { dirty: true });
    const gradient = direct ? shared.gradient.values : space.f32(right.rows.length);
    k.planGradients(plan, { weights: weightsOf(run), left: left.rows, right: right.rows, rightGradient: gradient });
    if (right.inverseNorms) {
      k.projectNormalised({ gradient, unit: right.rows, inverseNorms: right.inverseNorms, dim });
    }
    if (direct) return zeroForAnchor();
    return scatterGradient(backend, attrs.rightTable, attrs.rightShape, right.list, gradient);
  });
}
