import type { SamplerContext, SamplerDefinition } from '@losslab/core';
import * as z from 'zod';
import { expected } from './errors.ts';
import { checkEnoughLeft, checkNoneExhausted } from './exhausted.ts';
import { noisyLaw } from './noise.ts';
import { type LawFactory, observedOptions, observedSampler } from './observed.ts';

const options = z.strictObject({
  ...observedOptions,
  /** Whom negatives leave out: the user's training items, or nobody (BSL, MINE+: negatives are unlabelled, not disliked). */
  exclude: z.enum(['seen', 'nobody']).default('seen'),
  /**
   * Odds of drawing one of the user's positives against one other item, BSL's r_noise; takes the place of `exclude`. 0
   * excludes positives, 1 is uniform over all items, 3 draws each positive three times as often as another item.
   */
  noiseOdds: z.number().min(0).max(1e6).optional(),
  /**
   * Draw a row's negatives without replacement: each is uniform over the items that are neither excluded nor in the row already,
   * so that every order of every N of them is as likely. Rows do not know of each other. Not together with noise odds
   * other than 0 and 1.
   */
  distinct: z.boolean().default(false),
});
export type UniformOptions = z.output<typeof options>;

const uniformLaw =
  (exclude: 'seen' | 'nobody', distinct: boolean): LawFactory =>
  ({ counters, rows }) => ({
    excludes: exclude,
    draw({ epoch, step, users, columns, out, draws }) {
      const at = counters('negatives', epoch, step);
      const excluded = exclude === 'seen' ? { users, exclude: rows } : {};
      const request = { at, columns, out, items: rows.itemCount, ...excluded };
      if (distinct) draws.sampleDistinct(request);
      else draws.sampleNegatives(request);
    },
  });

function lawOf({ exclude, noiseOdds, distinct }: UniformOptions, { train, negatives }: SamplerContext): LawFactory {
  const odds = noiseOdds ?? (exclude === 'seen' ? 0 : 1);
  if (noiseOdds !== undefined && negatives === 'in-batch') {
    throw expected(
      'bad-option',
      'noiseOdds with drawn negatives',
      'in-batch ones',
      'give negatives a number',
      'noiseOdds',
    );
  }
  const isNoisy = odds > 0 && odds !== 1;
  if (distinct && (isNoisy || negatives === 'in-batch')) {
    const got = isNoisy ? `noiseOdds = ${odds}` : 'in-batch ones';
    throw expected('bad-option', 'distinct with uniform negatives', got, 'leave distinct out', 'distinct');
  }
  if (isNoisy) return noisyLaw(odds);
  const excluded = odds === 0 ? 'seen' : 'nobody';
  if (negatives !== 'in-batch' && negatives > 0) {
    if (distinct) checkEnoughLeft(train, negatives, excluded);
    else if (excluded === 'seen') checkNoneExhausted(train);
  }
  return uniformLaw(excluded, distinct);
}

/** Each row observes one training positive; its negatives are uniform over the items, with replacement. */
export const uniform: SamplerDefinition<UniformOptions> = {
  kind: 'sampler',
  name: 'uniform',
  summary: 'negatives uniform over the items, without the user’s own or over all',
  source: 'Rendle et al., BPR (UAI 2009), §5; noiseOdds: Wu et al., BSL (ICDE 2024), §III-B, footnote 2',
  options,
  create: (given, context) => observedSampler('uniform', given, context, lawOf(given, context)),
};
