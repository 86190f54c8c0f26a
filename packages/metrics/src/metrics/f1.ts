import type { MetricDefinition, RankingMetric } from '@losslab/core';
import * as z from 'zod';
import { hitCount } from './shared.ts';

const options = z.strictObject({});
export type F1Options = z.output<typeof options>;

/**
 * F1@k = 2PR / (P + R) = 2 · hits / (k + n) of each user, with P = hits / k and R = hits / n; 0 without hits. The mean over
 * users is not the F1 of the mean precision and recall.
 */
export const f1: MetricDefinition<F1Options> = {
  kind: 'metric',
  name: 'f1',
  summary: 'harmonic mean of precision and recall',
  source: 'Manning, Raghavan & Schütze, Introduction to Information Retrieval (2008), §8.3',
  options,
  create(): RankingMetric {
    return {
      name: 'f1',
      definition: '2 · hits / (k + n) by user, n held-out items',
      value: (user, k) => (2 * hitCount(user, k)) / (k + user.relevant.length),
    };
  },
};
