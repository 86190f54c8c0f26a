import type { MetricDefinition, RankingMetric } from '@losslab/core';
import * as z from 'zod';
import { popularityGroups } from '../popularity/groups.ts';
import { groupCount } from './shared.ts';

const options = z.strictObject({ groups: groupCount });
export type GroupRecallOptions = z.output<typeof options>;

/**
 * Recall@k by popularity group: Recall⁽ᵍ⁾@k = |top k ∩ test ∩ group g| / |test|, so that the groups add up to Recall@k.
 * One metric a group, `group-recall-1` (the least popular items) to `group-recall-10`; see `popularityGroups`.
 */
export const groupRecall: MetricDefinition<GroupRecallOptions> = {
  kind: 'metric',
  name: 'group-recall',
  summary: 'what items of each popularity group add to recall; one number a group',
  source: 'Wu et al., Self-supervised graph learning for recommendation (SIGIR 2021), §4.3; BSL (ICDE 2024), Fig. 5',
  options,
  create({ groups }, { itemDegrees }): RankingMetric[] {
    const of = popularityGroups(itemDegrees, groups);
    return Array.from({ length: groups }, (_, g) => ({
      name: `group-recall-${g + 1}`,
      definition: `hits in group ${g + 1} of ${groups} of equal total popularity / n held-out items; the groups add up to recall`,
      value({ ranked, hits, relevant }, k) {
        let found = 0;
        for (let rank = 0; rank < k; rank++) if (hits[rank] === 1 && of[ranked[rank]!] === g + 1) found++;
        return found / relevant.length;
      },
    }));
  },
};
