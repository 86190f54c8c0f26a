import type { LabelledMetric, MetricDefinition } from '@losslab/core';
import * as z from 'zod';
import { logSigmoid } from '../metrics/shared.ts';

const options = z.strictObject({});
export type LabelLikelihoodOptions = z.output<typeof options>;

/** Mean ln-likelihood of the labels under σ(score): eq. 1 of Inverse Learning with its sign turned, so that more is better. */
export const labelLikelihood: MetricDefinition<LabelLikelihoodOptions> = {
  kind: 'metric',
  name: 'label-likelihood',
  summary: 'mean log-likelihood of the labels, the cross-entropy with its sign turned',
  source: 'Lin et al., Inverse Learning (WSDM 2024), eq. 1; its code stops on it',
  options,
  cutOff: false,
  create: (): LabelledMetric => ({
    kind: 'labelled',
    name: 'label-likelihood',
    cutOff: false,
    definition: 'mean over labelled pairs of ln σ(s) where liked and ln σ(−s) where not',
    total({ all: { labels, scores } }) {
      let sum = 0;
      labels.forEach((label, at) => {
        sum += logSigmoid(label === 1 ? scores[at]! : -scores[at]!);
      });
      return sum / labels.length;
    },
  }),
};
