import type { LabelledMetric, LabelledRanking, MetricDefinition } from '@losslab/core';
import * as z from 'zod';

const options = z.strictObject({});
export type AucOptions = z.output<typeof options>;

/** The share of pairs of a liked and a disliked one where the liked one scores higher; equal scores count a half. */
export function areaUnderCurve({ labels, scores }: LabelledRanking): number {
  let [higher, likedAbove] = [0, 0];
  for (let from = 0; from < labels.length; ) {
    let [to, liked] = [from, 0];
    for (; to < labels.length && scores[to] === scores[from]; to++) liked += labels[to]!;
    const disliked = to - from - liked;
    higher += disliked * (likedAbove + liked / 2);
    likedAbove += liked;
    from = to;
  }
  return higher / (likedAbove * (labels.length - likedAbove));
}

/** AUC over all labelled pairs of the part, whosever they are: scores of different users are compared. */
export const auc: MetricDefinition<AucOptions> = {
  kind: 'metric',
  name: 'auc',
  summary: 'how often a liked pair scores higher than a disliked one, over all labelled pairs',
  source: 'Hanley & McNeil, Radiology 143 (1982); Lin et al., Inverse Learning (WSDM 2024), §4.1.2',
  options,
  cutOff: false,
  create: (): LabelledMetric => ({
    kind: 'labelled',
    name: 'auc',
    cutOff: false,
    definition: 'share of liked-disliked pairs of labelled pairs in order, equal scores a half, all users together',
    total: ({ all }) => areaUnderCurve(all),
  }),
};
