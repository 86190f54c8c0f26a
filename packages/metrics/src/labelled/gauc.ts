import type { LabelledMetric, LabelledRanking, MetricDefinition } from '@losslab/core';
import * as z from 'zod';
import { areaUnderCurve } from './auc.ts';

const weights = {
  users: { of: () => 1, text: 'every user alike' },
  pairs: { of: ({ labels }: LabelledRanking) => labels.length, text: 'users by their labelled pairs' },
} as const;

const options = z.strictObject({
  weight: z
    .enum(['users', 'pairs'])
    .default('users')
    .describe('What counts: `users` all alike (the code of Inverse Learning), or each by its labelled `pairs`.'),
});
export type GaucOptions = z.output<typeof options>;

/** Mean over users with both labels of the AUC of their own pairs; 0.5 where there is no such user. */
export const gauc: MetricDefinition<GaucOptions> = {
  kind: 'metric',
  name: 'gauc',
  summary: 'AUC user by user: the mean over users with liked and disliked pairs',
  source: 'Zhou et al., DIN (KDD 2018), §5; Lin et al., Inverse Learning (WSDM 2024), §4.1.2',
  options,
  cutOff: false,
  create({ weight }): LabelledMetric {
    const { of, text } = weights[weight];
    return {
      kind: 'labelled',
      name: 'gauc',
      cutOff: false,
      definition: `mean AUC over users with labelled pairs of both labels, ${text}`,
      value: areaUnderCurve,
      total({ users }) {
        let [sum, total] = [0, 0];
        for (const user of users) {
          sum += of(user) * areaUnderCurve(user);
          total += of(user);
        }
        return total === 0 ? 0.5 : sum / total;
      },
    };
  },
};
