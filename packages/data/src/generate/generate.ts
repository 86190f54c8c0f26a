import { type Dataset, type Interactions, interactionsFromTable, parseOptions } from '@losslab/core';
import { datasetOf, type ProtocolOptions } from '../dataset.ts';
import { numberNames } from '../names.ts';
import { tableChecksum } from '../table/checksum.ts';
import { withDislikes } from './dislikes.ts';
import { drawFactors, type Factors, preferenceOf } from './factors.ts';
import { observe } from './observe.ts';
import { type GenerateOptions, generateSchema, type ResolvedGenerateOptions } from './options.ts';

/** What a generated data set hides from training. */
export interface GeneratedTruth {
  readonly options: ResolvedGenerateOptions;
  readonly factors: Factors;
  /** How much a user likes an item; higher is more. */
  preference(user: number, item: number): number;
  /** The items that each user likes. */
  readonly liked: Interactions;
  /** Observed interactions with items that the user does not like; none is in the test part. */
  readonly falsePositives: Interactions;
  /** Liked items that are in no part. */
  readonly falseNegatives: Interactions;
  /** Liked items that are the test part. */
  readonly heldOut: Interactions;
}

export interface Generated {
  readonly dataset: Dataset;
  readonly truth: GeneratedTruth;
}

/**
 * Makes a data set whose truth is known. Each user likes the items of highest preference ⟨p_u, q_i⟩ + b_i. A share of them
 * is never observed (false negatives), popular ones less often so; the others are the training and the test part. Items
 * that the user does not like, drawn by popularity, join the training part (false positives). With `dislikesPerUser`, pairs have
 * labels: 1 for these, 0 for that many items which each user does not like and says so.
 * @param given what is left out has its default; the same options give the same bits
 * @param protocol how a validation part is taken, `clean` with the generator's seed without it
 * @throws LosslabError `bad-option`, or `unknown-name` for an option
 */
export function generate(given: GenerateOptions = {}, protocol?: ProtocolOptions): Generated {
  const options = parseOptions(generateSchema, given, 'data generate');
  const factors = drawFactors(options);
  const observed = observe(factors, options);
  const { train, test } = options.dislikesPerUser > 0 ? withDislikes(observed, options) : observed;
  const dataset = datasetOf(
    {
      name: 'generated',
      parts: { train, test },
      ids: { users: numberNames(options.users), items: numberNames(options.items) },
      checksum: tableChecksum([train, test]),
      provenance: [describe(options)],
    },
    protocol ?? { protocol: 'clean', seed: options.seed },
  );
  const truth: GeneratedTruth = {
    options,
    factors,
    preference: (user, item) => preferenceOf(factors, user, item),
    liked: interactionsFromTable(observed.liked),
    falsePositives: interactionsFromTable(observed.falsePositives),
    falseNegatives: interactionsFromTable(observed.falseNegatives),
    heldOut: dataset.test,
  };
  return { dataset, truth };
}

function describe(options: ResolvedGenerateOptions): string {
  const { dimension, popularitySkew, falsePositiveRate, falseNegativeRate, dislikesPerUser, seed } = options;
  const noise = `false positives ${falsePositiveRate * 100} % of training, false negatives ${falseNegativeRate * 100} % of likes`;
  const labels = dislikesPerUser > 0 ? `, ${dislikesPerUser} dislikes a user` : '';
  return `Generated with known truth: ${dimension} factors, popularity skew ${popularitySkew}, ${noise}${labels}, seed ${seed}.`;
}
