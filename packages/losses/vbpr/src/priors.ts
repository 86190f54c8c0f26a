/** The item priors of VBPR v2, as far as they depend on the training data alone. */
import type { DataFacts } from '@losslab/core';

/** A factor of a prior is at least this, so that a row of items without any prior still has weights. */
const LEAST = 1e-12;
/** Ratings this far above the overall mean give quality σ(1). */
const RATING_SCALE = 0.2;

export interface Exponents {
  /** a: of rarity for positives, of popularity for negatives. */
  readonly a: number;
  /** b: of quality for positives, of badness for negatives. */
  readonly b: number;
}

/**
 * ln(1 + n) / ln(1 + max n) of each item's n training interactions.
 * @returns [items], in [0, 1]; 0 for an item that nobody touched
 */
export function itemPopularity({ itemDegrees }: DataFacts): Float64Array {
  const most = itemDegrees.reduce((a, b) => Math.max(a, b), 1);
  return Float64Array.from(itemDegrees, (n) => Math.log1p(n) / Math.log1p(most));
}

/**
 * σ( (r − r̄) / 0.2 ) of each item's mean training rating r, where r̄ is the mean of r over rated items.
 * @returns [items]; 1/2 for an item without ratings, undefined where the data has none
 */
export function itemQuality({ itemDegrees, itemMeanRatings }: DataFacts): Float64Array | undefined {
  if (itemMeanRatings === undefined) return undefined;
  const rated = itemMeanRatings.filter((_, item) => itemDegrees[item]! > 0);
  const overall = rated.reduce((sum, r) => sum + r, 0) / rated.length;
  return Float64Array.from(itemMeanRatings, (r, item) =>
    itemDegrees[item] === 0 ? 0.5 : 1 / (1 + Math.exp(-(r - overall) / RATING_SCALE)),
  );
}

/** a · ln rarity + b · ln quality, with rarity 1 − popularity. @returns [items] */
export function positiveLogPrior(facts: DataFacts, exponents: Exponents): Float64Array {
  const rarity = itemPopularity(facts).map((p) => 1 - p);
  return logPrior(rarity, itemQuality(facts), exponents);
}

/** a · ln popularity + b · ln badness, with badness 1 − quality. @returns [items] */
export function negativeLogPrior(facts: DataFacts, exponents: Exponents): Float64Array {
  const badness = itemQuality(facts)?.map((q) => 1 - q);
  return logPrior(itemPopularity(facts), badness, exponents);
}

function logPrior(first: Float64Array, second: Float64Array | undefined, { a, b }: Exponents): Float64Array {
  const log = (x: number): number => Math.log(Math.max(x, LEAST));
  return first.map((x, item) => a * log(x) + (second === undefined ? 0 : b * log(second[item]!)));
}
