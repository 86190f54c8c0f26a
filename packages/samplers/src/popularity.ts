import { dataFacts, type SamplerDefinition } from '@losslab/core';
import * as z from 'zod';
import { expected } from './errors.ts';
import { checkNoneExhausted } from './exhausted.ts';
import { observedOptions, observedSampler } from './observed.ts';

const options = z.strictObject({
  ...observedOptions,
  /** α: an item is drawn in proportion to degree^α, its number of training interactions. 0 is uniform, 0.75 word2vec's. */
  exponent: z.number().min(0).max(10).default(1),
  /** Whom negatives leave out: the user's training items, or nobody. */
  exclude: z.enum(['seen', 'nobody']).default('seen'),
});
export type PopularityOptions = z.output<typeof options>;

/** Each row observes one training positive; its negatives are drawn by popularity, with replacement (Walker's alias table). */
export const popularity: SamplerDefinition<PopularityOptions> = {
  kind: 'sampler',
  name: 'popularity',
  summary: 'negatives in proportion to their popularity, degree^exponent',
  source:
    'Gantner et al., WBPR (KDD Cup 2011 workshop, JMLR W&CP 18), exponent 1; Mikolov et al., word2vec (NeurIPS 2013), 0.75',
  options,
  create(given, context) {
    const { exponent, exclude } = given;
    const { itemDegrees } = dataFacts(context.train);
    const weights = Float64Array.from(itemDegrees, (degree) => degree ** exponent);
    if (!weights.some((weight) => weight > 0)) {
      throw expected('bad-data', 'training interactions', 'none', 'train on data that is not empty', 'train');
    }
    const draws = context.negatives !== 'in-batch' && context.negatives > 0;
    if (draws && exclude === 'seen') {
      checkNoneExhausted(
        context.train,
        Uint8Array.from(weights, (weight) => Number(weight > 0)),
      );
    }
    return observedSampler('popularity', given, context, ({ kernels, counters, rows }) => {
      const table = kernels.aliasTable(weights);
      return {
        excludes: exclude,
        draw({ epoch, step, users, columns, out, draws }) {
          const excluded = exclude === 'seen' ? { users, exclude: rows } : {};
          draws.samplePopularity({ at: counters('negatives', epoch, step), columns, table, out, ...excluded });
        },
        dispose: () => kernels.freeAliasTable(table),
      };
    });
  },
};
