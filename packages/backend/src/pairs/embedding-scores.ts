import * as tf from '@tensorflow/tfjs';
import { fusedScores } from '../fused/pair-scores.ts';
import { ready } from '../ops/register.ts';
import { SIMD } from '../simd/index.ts';
import { composedScores } from './composed.ts';
import { checkPairs, type PairOptions, type PairPartsOptions, prepareRead } from './pair-options.ts';

function scores({ rightRows: parts, ...options }: PairPartsOptions, cosine: boolean): tf.Tensor2D[] {
  ready();
  for (const rightRows of parts) {
    checkPairs({ ...options, rightRows });
    prepareRead({ ...options, rightRows });
  }
  const some = parts.filter(({ data }) => data.length > 0);
  const made =
    tf.getBackend() === SIMD
      ? fusedScores({ ...options, rightRows: some }, cosine)
      : some.map((rightRows) => composedScores({ ...options, rightRows }, cosine));
  return parts.map(({ rows, columns, data }) => (data.length > 0 ? made.shift()! : tf.zeros([rows, columns])));
}

/** s_bn = ⟨left[leftRows_b], right[rightRows_bn]⟩ → [B, N], on the tape. */
export function embeddingDot({ rightRows, ...options }: PairOptions): tf.Tensor2D {
  return scores({ ...options, rightRows: [rightRows] }, false)[0]!;
}

/**
 * embeddingDot of several matrices of right rows, such as positives and negatives, in one go: the same scores in less time. Gradients
 * may differ in the last bit where users come one after the other.
 */
export function embeddingDots(options: PairPartsOptions): tf.Tensor2D[] {
  return scores(options, false);
}

/**
 * As embeddingDot between rows divided by max(‖row‖, 1e-12) (PyTorch's F.normalize); dropout comes before that. A row of
 * zeros scores 0.
 */
export function embeddingCosine({ rightRows, ...options }: PairOptions): tf.Tensor2D {
  return scores({ ...options, rightRows: [rightRows] }, true)[0]!;
}

/** The same of several matrices. */
export function embeddingCosines(options: PairPartsOptions): tf.Tensor2D[] {
  return scores(options, true);
}
