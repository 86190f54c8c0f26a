import type { LabelledMetric, LabelledRanking, MetricDefinition } from '@losslab/core';
import * as z from 'zod';
import { meanOverUsers } from './mean.ts';

function ofFirst({ labels }: LabelledRanking): number {
  return 1 / (labels.indexOf(1) + 1);
}

function ofPositives({ labels }: LabelledRanking): number {
  let [sum, positives] = [0, 0];
  labels.forEach((label, at) => {
    sum += label / (at + 1);
    positives += label;
  });
  return sum / positives;
}

const options = z.strictObject({
  over: z
    .enum(['first', 'positives'])
    .default('first')
    .describe('`first` liked pair alone, or the mean over all liked `positives` (the code of Inverse Learning).'),
});
export type LabelledMrrOptions = z.output<typeof options>;

/**
 * Reciprocal rank of liked pairs among a user's labelled pairs. Inverse Learning announces MRR and reports none; its code ranks
 * the labels by the labels, not by the scores, so that it says nothing of the model.
 */
export const labelledMrr: MetricDefinition<LabelledMrrOptions> = {
  kind: 'metric',
  name: 'labelled-mrr',
  summary: 'reciprocal rank of liked pairs among a user’s labelled pairs',
  source: 'Lin et al., Inverse Learning (WSDM 2024), §4.1.2',
  options,
  cutOff: false,
  create({ over }): LabelledMetric {
    const value = over === 'first' ? ofFirst : ofPositives;
    return {
      kind: 'labelled',
      name: 'labelled-mrr',
      cutOff: false,
      definition: `1 / rank of ${over === 'first' ? 'the first liked pair' : 'each liked pair, their mean'}, mean over users with both labels`,
      value,
      total: ({ users }) => meanOverUsers(users, value),
    };
  },
};
