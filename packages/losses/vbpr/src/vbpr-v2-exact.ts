/**
 * VBPR v2, the exact form: a variant that the authors of "Variational Bayesian Personalized Ranking" (arXiv 2503.11067)
 * published later, with item priors and posteriors held fixed (posterior.ts):
 *
 *     L = mean over rows of Σ_m Σ_n α_m β_n softplus( −( s(u,i_m) − s(u,j_n) ) )
 *
 * For small M and N: [B, M, N] pairs. By Jensen it is at least the plug-in form.
 */
import { softplus } from '@losslab/backend/ops';
import type { PlainScores, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import type { Attention } from './posterior.ts';
import { v2Definition } from './v2-definition.ts';

/**
 * The exact form, mean over rows.
 * @param scores positive [B, M] and negative [B, N], float32, inner products
 * @param attention alpha [B, M] and beta [B, N], constant, rows sum to 1
 */
export function exactLoss(
  { positive, negative }: Pick<Scores, 'positive' | 'negative'>,
  { alpha, beta }: Attention<tf.Tensor2D>,
): tf.Scalar {
  const column = (x: tf.Tensor2D, m: number): tf.Tensor2D => tf.slice(x, [0, m], [-1, 1]); // (B, 1)
  const against = (m: number): tf.Scalar => {
    const expected = tf.sum(tf.mul(beta, softplus(tf.sub(negative, column(positive, m)))), 1, true); // (B, 1)
    return tf.mean(tf.mul(column(alpha, m), expected));
  };
  return tf.addN(Array.from({ length: positive.shape[1] }, (_, m) => against(m)));
}

/** ∂/∂s⁺_m = −α_m Σ_n β_n σ(s⁻_n − s⁺_m)/B and ∂/∂s⁻_n = β_n Σ_m α_m σ(s⁻_n − s⁺_m)/B: α and β are constants. */
function gradient(
  { positive, negative }: PlainScores,
  { alpha, beta }: Attention<Float64Array>,
  B: number,
): PlainScores {
  const [M, N] = [alpha.length / B, beta.length / B];
  const out = { positive: new Float64Array(B * M), negative: new Float64Array(B * N) };
  positive.forEach((s, m) => {
    const first = Math.floor(m / M) * N;
    for (let n = first; n < first + N; n++) {
      const pull = (alpha[m]! * beta[n]!) / (1 + Math.exp(s - negative[n]!)) / B;
      out.positive[m]! -= pull;
      out.negative[n]! += pull;
    }
  });
  return out;
}

export const vbprV2Exact = v2Definition({
  name: 'vbpr-v2-exact',
  summary: 'VBPR’s later variant with item priors, BPR’s loss in expectation over the posteriors.',
  loss: exactLoss,
  gradient,
});
