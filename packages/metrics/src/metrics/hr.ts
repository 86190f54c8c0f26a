import type { MetricDefinition, RankingMetric } from '@losslab/core';
import * as z from 'zod';
import { hitCount } from './shared.ts';

const options = z.strictObject({});
export type HrOptions = z.output<typeof options>;

/**
 * HR@k = 1 where at least one held-out item is among the first k, else 0; the mean is the share of users with a hit. Not
 * all hits over all test items, which some libraries call hit ratio.
 */
export const hr: MetricDefinition<HrOptions> = {
  kind: 'metric',
  name: 'hr',
  summary: 'hit ratio: whether a held-out item is among the first k',
  source: 'Deshpande & Karypis, Item-based top-N recommendation algorithms, TOIS 2004',
  options,
  create(): RankingMetric {
    return {
      name: 'hr',
      definition: '1 where one of the first k is held out, else 0',
      value: (user, k) => (hitCount(user, k) > 0 ? 1 : 0),
    };
  },
};
