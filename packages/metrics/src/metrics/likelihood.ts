import type { MetricDefinition, ScoredUser, ScoreMetric } from '@losslab/core';
import * as z from 'zod';
import { logSigmoid } from './shared.ts';

const means = {
  geometric: { of: (sum: number, pairs: number) => Math.exp(sum / pairs), text: 'geometric' },
  arithmetic: { of: (sum: number, pairs: number) => sum / pairs, text: 'arithmetic' },
} as const;

const options = z.strictObject({
  mean: z
    .enum(['geometric', 'arithmetic'])
    .default('geometric')
    .describe(
      'Over a user’s pairs: `geometric` is the likelihood itself, brought to one pair; `arithmetic` the mean probability.',
    ),
});
export type LikelihoodOptions = z.output<typeof options>;

/** Σ of f(s_i − s_j) over held-out items i and items j that are neither held out nor masked, and how many there are. */
function overPairs({ scores, relevant, masked }: ScoredUser, f: (x: number) => number): { sum: number; pairs: number } {
  const left = new Set([...relevant, ...masked]);
  const negatives = scores.filter((_, item) => !left.has(item));
  const hidden = new Set(masked);
  let [sum, positives] = [0, 0];
  for (const i of relevant) {
    if (hidden.has(i)) continue;
    positives++;
    for (const score of negatives) sum += f(scores[i]! - score);
  }
  return { sum, pairs: positives * negatives.length };
}

/**
 * The likelihood that BPR maximises, of held-out data: training items are left out, held-out items are the positives, all
 * others the negatives,
 *
 *     Π_{i ∈ test} Π_{j ∉ train ∪ test} σ(s(u,i) − s(u,j)),
 *
 * brought to one pair by the mean over the user's pairs, so that users compare. Every pair is visited: a user costs
 * held-out items × items. 1 where a user has no pair.
 */
export const likelihood: MetricDefinition<LikelihoodOptions> = {
  kind: 'metric',
  name: 'likelihood',
  summary: 'how likely held-out items are preferred to the others, by the sigmoid of score differences',
  source: 'Rendle et al., BPR (UAI 2009), §4.1; Liu et al., Variational BPR (2025), §5.4, Fig. 6',
  options,
  cutOff: false,
  create({ mean: choice }): ScoreMetric {
    const { of, text } = means[choice];
    const f = choice === 'geometric' ? logSigmoid : (x: number) => Math.exp(logSigmoid(x));
    return {
      kind: 'scores',
      name: 'likelihood',
      definition: `${text} mean of σ(s_i − s_j) over held-out i and j neither held out nor left out`,
      value(user) {
        const { sum, pairs } = overPairs(user, f);
        return pairs === 0 ? 1 : of(sum, pairs);
      },
    };
  },
};
