import type { MetricDefinition, RankingMetric } from '@losslab/core';
import * as z from 'zod';
import { popularityGroups } from '../popularity/groups.ts';
import { discount, groupCount, idealGains } from './shared.ts';

const options = z.strictObject({ groups: groupCount });
export type GroupNdcgOptions = z.output<typeof options>;

/**
 * NDCG@k by popularity group: the hits of group g alone in the sum, the ideal as in NDCG@k over min(k, n) ranks, so that the
 * groups add up to NDCG@k. One metric a group, `group-ndcg-1` (the least popular items) to `group-ndcg-10`; see
 * `popularityGroups`.
 */
export const groupNdcg: MetricDefinition<GroupNdcgOptions> = {
  kind: 'metric',
  name: 'group-ndcg',
  summary: 'what items of each popularity group add to NDCG; one number a group',
  source: 'Wu et al., Self-supervised graph learning for recommendation (SIGIR 2021), §4.3; BSL (ICDE 2024), Fig. 5',
  options,
  create({ groups }, { itemDegrees }): RankingMetric[] {
    const of = popularityGroups(itemDegrees, groups);
    const idealGain = idealGains();
    return Array.from({ length: groups }, (_, g) => ({
      name: `group-ndcg-${g + 1}`,
      definition: `DCG of the hits in group ${g + 1} of ${groups} of equal total popularity / ideal DCG over min(k, n) ranks; the groups add up to NDCG`,
      value({ ranked, hits, relevant }, k) {
        let gain = 0;
        for (let rank = 1; rank <= k; rank++) {
          if (hits[rank - 1] === 1 && of[ranked[rank - 1]!] === g + 1) gain += discount(rank);
        }
        return gain / idealGain(Math.min(k, relevant.length));
      },
    }));
  },
};
