import type { LossDefinition, LossNeeds, PlainScores, Scores } from '@losslab/core';
import type * as tf from '@tensorflow/tfjs';
import { type Attention, posteriorOf } from './posterior.ts';
import { type V2Options, v2Options } from './v2-options.ts';

const needs: LossNeeds = {
  positives: { least: 1, usual: 2, source: 'eq. 12' },
  negatives: { least: 1, usual: 4, source: 'eq. 13' },
  inBatch: true,
  labelled: false,
  similarity: 'dot',
};

/** What tells the forms of v2 apart: the value, and its gradient with α and β held fixed. */
interface Form {
  readonly name: string;
  readonly summary: string;
  loss(scores: Scores, attention: Attention<tf.Tensor2D>): tf.Scalar;
  /** In float64, of a batch of `rows`. */
  gradient(scores: PlainScores, attention: Attention<Float64Array>, rows: number): PlainScores;
}

export function v2Definition({ name, summary, loss, gradient }: Form): LossDefinition<V2Options> {
  return {
    kind: 'loss',
    name,
    summary,
    source: 'The code published with Liu et al., arXiv 2503.11067, later version',
    options: v2Options,
    create(chosen, facts) {
      const posterior = posteriorOf(chosen, facts);
      return {
        name,
        needs,
        gradient: (scores, batch) => gradient(scores, posterior.plain(scores, batch), batch.users.length),
        compute: (scores, batch) => loss(scores, posterior.attention(scores, batch)),
        inspect(scores, batch) {
          const { alpha, beta } = posterior.attention(scores, batch);
          return { positiveWeights: alpha, negativeWeights: beta }; // (B, M), (B, N)
        },
      };
    },
  };
}
