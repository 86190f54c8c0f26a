import type { MetricDefinition, RankingMetric } from '@losslab/core';
import * as z from 'zod';
import { hitCount, sumOverHits } from './shared.ts';

const over = {
  min: { divisor: (k: number, n: number) => Math.min(k, n), text: 'min(k, n), n held-out items' },
  test: { divisor: (_k: number, n: number) => n, text: 'n held-out items' },
  hits: { divisor: (_k: number, _n: number, hits: number) => hits, text: 'the number of hits' },
} as const;

const options = z.strictObject({
  /** What the sum of precisions is divided by: `min` the most hits there can be, `test` all n, `hits` those that were found. */
  over: z.enum(['min', 'test', 'hits']).default('min'),
});
export type MapOptions = z.output<typeof options>;

/**
 * AP@k = Σ over ranks r ≤ k that hit, of precision@r, divided by min(k, n); MAP is its mean over users. 0 without hits.
 * `over: 'hits'` rewards lists that stop finding.
 */
export const map: MetricDefinition<MapOptions> = {
  kind: 'metric',
  name: 'map',
  summary: 'mean of the precisions at the ranks that hit',
  source: 'Manning, Raghavan & Schütze, Introduction to Information Retrieval (2008), §8.4',
  options,
  create({ over: choice }): RankingMetric {
    const { divisor, text } = over[choice];
    return {
      name: 'map',
      definition: `sum of precision at each hit within k / ${text}`,
      value(user, k) {
        let found = 0;
        const sum = sumOverHits(user, k, (rank) => ++found / rank);
        return sum === 0 ? 0 : sum / divisor(k, user.relevant.length, hitCount(user, k));
      },
    };
  },
};
