import type { MetricDefinition, RankingMetric } from '@losslab/core';
import * as z from 'zod';
import { leastPopularFirst } from '../popularity/order.ts';

const options = z.strictObject({
  tail: z
    .number()
    .gt(0, 'must be in (0, 1)')
    .lt(1, 'must be in (0, 1)')
    .default(0.85)
    .describe('Share of the items that are the tail, the least popular ones, in (0, 1). VBPR’s code: 0.85.'),
});
export type ApltOptions = z.output<typeof options>;

/**
 * APLT@k, the average percentage of long-tail items: |top k ∩ tail| / |top k|, a fraction. The tail are the ⌊share · items⌋
 * items with the fewest training interactions, ties by the smaller item. 0 where nothing is left to recommend.
 */
export const aplt: MetricDefinition<ApltOptions> = {
  kind: 'metric',
  name: 'aplt',
  summary: 'share of the first k that are long-tail items',
  source: 'Abdollahpouri, Burke & Mobasher, Managing popularity bias in recommender systems (FLAIRS 2019), §4',
  options,
  create({ tail }, { itemDegrees }): RankingMetric {
    const isTail = new Uint8Array(itemDegrees.length);
    for (const item of leastPopularFirst(itemDegrees).subarray(0, Math.floor(tail * itemDegrees.length))) {
      isTail[item] = 1;
    }
    return {
      name: 'aplt',
      definition: `share of the first k among the least popular ${tail * 100} % of the items`,
      value({ ranked }, k) {
        let [found, listed] = [0, 0];
        for (; listed < k && ranked[listed]! >= 0; listed++) found += isTail[ranked[listed]!]!;
        return listed === 0 ? 0 : found / listed;
      },
    };
  },
};
