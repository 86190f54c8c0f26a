import type { MetricDefinition, RankingMetric } from '@losslab/core';
import * as z from 'zod';

/** FirstHit@k: 1 where the item at the top is held out, whatever k is. */
export const firstHit: MetricDefinition<Record<string, never>> = {
  kind: 'metric',
  name: 'first-hit',
  summary: 'whether the item at the top is held out',
  source: 'losslab’s guide',
  options: z.strictObject({}),
  create: (): RankingMetric => ({
    name: 'first-hit',
    definition: '1 where the first item is held out, else 0',
    value: ({ hits }) => hits[0]!, // of one user's ranking; the mean over users is reported
  }),
};
