import type { MetricDefinition, RankingMetric } from '@losslab/core';
import * as z from 'zod';
import { hitCount } from './shared.ts';

const over = {
  test: { divisor: (_k: number, n: number) => n, text: 'n' },
  min: { divisor: (k: number, n: number) => Math.min(k, n), text: 'min(k, n)' },
  k: { divisor: (k: number, _n: number) => k, text: 'k' },
} as const;

const options = z.strictObject({
  /** What the hits are divided by: `test` n held-out items, `min` the most hits there can be, `k` the length of the list. */
  over: z.enum(['test', 'min', 'k']).default('test'),
});
export type RecallOptions = z.output<typeof options>;

/**
 * Recall@k = |top k ∩ test| / n, n = |test|. With `over: 'min'` a perfect list scores 1 even where n > k (also called
 * normalised or capped recall); `over: 'k'` is what some papers print as recall and is precision.
 */
export const recall: MetricDefinition<RecallOptions> = {
  kind: 'metric',
  name: 'recall',
  summary: 'share of the held-out items that are among the first k',
  source: 'Manning, Raghavan & Schütze, Introduction to Information Retrieval (2008), §8.3',
  options,
  create({ over: choice }): RankingMetric {
    const { divisor, text } = over[choice];
    return {
      name: 'recall',
      definition: `hits / ${text}, n held-out items`,
      value: (user, k) => hitCount(user, k) / divisor(k, user.relevant.length),
    };
  },
};
