/**
 * The form that the objectives of Lin et al., "Inverse Learning with Extremely Sparse Feedback for Recommendation", WSDM 2024,
 * share (§2):
 *
 *     L(θ) = L_Dˡ(θ) + L_Dᵘ(θ),     L_D(θ) = 1/|D| · Σ_{(u,i,y) ∈ D} ℓ(ŷ_ui, y)                   (eq. 1)
 *     ℓ(ŷ, y) = −( y·ln ŷ + (1 − y)·ln(1 − ŷ) ),     ŷ = σ(s(u,i))
 *
 * Dˡ are a batch's labelled pairs [L], Dᵘ its unlabelled pairs [B, N]: each part is a mean of its own. A batch may lack either,
 * as those of Inverse Gradient do.
 */
import { softplus } from '@losslab/backend/ops';
import { type Batch, LosslabError, type LossNeeds, type Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';

/** One unlabelled item for each labelled pair (§4.1.3: "the sampling rate is set as 1"). */
export const twoPartsNeeds: LossNeeds = {
  positives: { least: 0, most: 0, usual: 0, source: 'eq. 1: positives are labelled pairs' },
  negatives: { least: 0, usual: 1, source: '§4.1.3' },
  inBatch: false,
  labelled: true,
  similarity: 'dot',
};

/**
 * ℓ(σ(s), y), pair by pair: −ln σ(s) = softplus(−s) where y = 1, −ln(1 − σ(s)) = softplus(s) where y = 0.
 * @param scores any shape, float32, inner products
 * @param labels 0 or 1: one number for all, or a tensor of the scores' shape
 */
export function logLoss<T extends tf.Tensor>(scores: T, labels: tf.Tensor | 0 | 1): T {
  return softplus(tf.mul(tf.sub(1, tf.mul(2, labels)), scores)) as T;
}

/** The loss of each part: a scalar of its scores. */
export interface Parts {
  labelled(scores: tf.Tensor1D, labels: tf.Tensor1D): tf.Scalar; // [L], [L]
  unlabelled(scores: tf.Tensor2D): tf.Scalar; // [B, N]
}

/**
 * L_Dˡ + L_Dᵘ of what the batch has.
 * @throws LosslabError `bad-data` where the batch has neither part
 */
export function twoParts({ labelled, negative }: Scores, batch: Batch, parts: Parts): tf.Scalar {
  const terms: tf.Scalar[] = [];
  if (labelled && batch.labelled) terms.push(parts.labelled(labelled, tf.tensor1d(batch.labelled.labels)));
  if (negative.size > 0) terms.push(parts.unlabelled(negative));
  if (terms.length > 0) return tf.addN(terms);
  throw new LosslabError(
    'bad-data',
    '[loss-inverse] expected a batch with labelled or unlabelled pairs, got none; use sampler labelled (eq. 1)',
  );
}
