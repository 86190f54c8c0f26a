import type { MetricDefinition, RankingMetric } from '@losslab/core';
import * as z from 'zod';
import { hitCount } from './shared.ts';

const over = {
  k: { divisor: (k: number, _n: number) => k, text: 'k' },
  min: { divisor: (k: number, n: number) => Math.min(k, n), text: 'min(k, n), n held-out items' },
} as const;

const options = z.strictObject({
  /** What the hits are divided by: `k`, also where the list is shorter; `min` the most hits there can be. */
  over: z.enum(['k', 'min']).default('k'),
});
export type PrecisionOptions = z.output<typeof options>;

/**
 * Precision@k = |top k ∩ test| / k. Where fewer than k items are left to recommend, the missing places count as misses.
 * `over: 'min'` is what the library `implicit` calls precision.
 */
export const precision: MetricDefinition<PrecisionOptions> = {
  kind: 'metric',
  name: 'precision',
  summary: 'share of the first k that are held-out items',
  source: 'Manning, Raghavan & Schütze, Introduction to Information Retrieval (2008), §8.3',
  options,
  create({ over: choice }): RankingMetric {
    const { divisor, text } = over[choice];
    return {
      name: 'precision',
      definition: `hits / ${text}`,
      value: (user, k) => hitCount(user, k) / divisor(k, user.relevant.length),
    };
  },
};
