/**
 * VBPR v2, the plug-in form: a variant that the authors of "Variational Bayesian Personalized Ranking" (arXiv 2503.11067)
 * published later, with item priors and posteriors held fixed (posterior.ts):
 *
 *     L = mean over rows of softplus( −( Σ_m α_m s(u,i_m) − Σ_n β_n s(u,j_n) ) )
 *
 * For large M and N; `vbpr-v2-exact` takes the expectation outside the softplus. Unlike v1, β has −s: a negative that
 * scores high may be a false one.
 */
import { softplus } from '@losslab/backend/ops';
import type { PlainScores, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import type { Attention } from './posterior.ts';
import { v2Definition } from './v2-definition.ts';

/**
 * The plug-in form, mean over rows.
 * @param scores positive [B, M] and negative [B, N], float32, inner products
 * @param attention alpha [B, M] and beta [B, N], constant, rows sum to 1
 */
export function pluginLoss(
  { positive, negative }: Pick<Scores, 'positive' | 'negative'>,
  { alpha, beta }: Attention<tf.Tensor2D>,
): tf.Scalar {
  return tf.mean(softplus(tf.sub(tf.sum(tf.mul(beta, negative), 1), tf.sum(tf.mul(alpha, positive), 1))));
}

/** ∂/∂s⁺ = −α σ(−x)/B and ∂/∂s⁻ = β σ(−x)/B, x being the row's margin: α and β are constants. */
function gradient(
  { positive, negative }: PlainScores,
  { alpha, beta }: Attention<Float64Array>,
  B: number,
): PlainScores {
  const [M, N] = [alpha.length / B, beta.length / B];
  const pull = Float64Array.from({ length: B }, (_, b) => {
    const margin = weighted(positive, alpha, b, M) - weighted(negative, beta, b, N);
    return 1 / (1 + Math.exp(margin)) / B;
  });
  return {
    positive: alpha.map((a, k) => -a * pull[Math.floor(k / M)]!),
    negative: beta.map((w, k) => w * pull[Math.floor(k / N)]!),
  };
}

function weighted(scores: Float64Array, weights: Float64Array, row: number, columns: number): number {
  let sum = 0;
  for (let k = row * columns; k < (row + 1) * columns; k++) sum += weights[k]! * scores[k]!;
  return sum;
}

export const vbprV2Plugin = v2Definition({
  name: 'vbpr-v2-plugin',
  summary: 'VBPR’s later variant with item priors, the posterior means inside the softplus.',
  loss: pluginLoss,
  gradient,
});
