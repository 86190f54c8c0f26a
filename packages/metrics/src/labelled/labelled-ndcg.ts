import type { LabelledMetric, LabelledRanking, MetricDefinition } from '@losslab/core';
import * as z from 'zod';
import { discount, idealGains } from '../metrics/shared.ts';
import { meanOverUsers } from './mean.ts';

const options = z.strictObject({});
export type LabelledNdcgOptions = z.output<typeof options>;

function gainOf({ labels }: LabelledRanking, k: number): number {
  let gain = 0;
  for (let rank = 1; rank <= Math.min(k, labels.length); rank++) gain += labels[rank - 1]! * discount(rank);
  return gain;
}

/**
 * NDCG@k of each user's labelled pairs: gains are labels, 1 / log2(rank + 1), the ideal puts liked pairs first. Inverse Learning
 * reports k = 10, as its code of IDL does; its code of IG takes k = 20.
 */
export const labelledNdcg: MetricDefinition<LabelledNdcgOptions> = {
  kind: 'metric',
  name: 'labelled-ndcg',
  summary: 'NDCG of a user’s labelled pairs: liked ones above disliked ones',
  source: 'Järvelin & Kekäläinen, TOIS 2002; Lin et al., Inverse Learning (WSDM 2024), §4.1.2',
  options,
  create(): LabelledMetric {
    const idealGain = idealGains();
    const positives = ({ labels }: LabelledRanking): number => labels.reduce((sum, label) => sum + label, 0);
    const value = (user: LabelledRanking, k: number): number =>
      gainOf(user, k) / idealGain(Math.min(k, positives(user)));
    return {
      kind: 'labelled',
      name: 'labelled-ndcg',
      cutOff: true,
      definition:
        'DCG of labelled pairs with 1 / log2(rank + 1), ideal over min(k, liked pairs) ranks, mean over users with both labels',
      value,
      total: ({ users }, k) => meanOverUsers(users, (user) => value(user, k)),
    };
  },
};
