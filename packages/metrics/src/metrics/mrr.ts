import type { MetricDefinition, RankingMetric } from '@losslab/core';
import * as z from 'zod';

const options = z.strictObject({});
export type MrrOptions = z.output<typeof options>;

/** MRR@k = 1 / rank of the first hit, 0 where none of the first k is one. Later hits count nothing. */
export const mrr: MetricDefinition<MrrOptions> = {
  kind: 'metric',
  name: 'mrr',
  summary: 'reciprocal rank of the first held-out item',
  source: 'Voorhees, The TREC-8 question answering track report (1999)',
  options,
  create(): RankingMetric {
    return {
      name: 'mrr',
      definition: '1 / rank of the first hit within k, else 0',
      value({ hits }, k) {
        const first = hits.indexOf(1);
        return first >= 0 && first < k ? 1 / (first + 1) : 0;
      },
    };
  },
};
