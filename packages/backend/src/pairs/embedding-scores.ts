import * as tf from '@tensorflow/tfjs';
import { fusedScores } from '../fused/pair-scores.ts';
import { ready } from '../ops/register.ts';
import { SIMD } from '../simd/index.ts';
import { composedScores } from './composed.ts';
import { checkPairs, type PairOptions, prepareRead } from './pair-options.ts';

function scores(options: PairOptions, cosine: boolean): tf.Tensor2D {
  ready();
  checkPairs(options);
  prepareRead(options);
  const { rows, columns, data } = options.rightRows;
  if (data.length === 0) return tf.zeros([rows, columns]);
  return tf.getBackend() === SIMD ? fusedScores(options, cosine) : composedScores(options, cosine);
}

/** s_bn = ⟨left[leftRows_b], right[rightRows_bn]⟩ → [B, N], on the tape. */
export function embeddingDot(options: PairOptions): tf.Tensor2D {
  return scores(options, false);
}

/**
 * As embeddingDot between rows divided by max(‖row‖, 1e-12) (PyTorch's F.normalize); dropout comes before that. A row of
 * zeros scores 0.
 */
export function embeddingCosine(options: PairOptions): tf.Tensor2D {
  return scores(options, true);
}
