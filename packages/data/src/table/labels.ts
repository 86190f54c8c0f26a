import { type InteractionTable, type LabelledPairs, type UnlabelledPairs, unknownName } from '@losslab/core';
import { expected } from '../errors.ts';
import { type RowTable, rowsWhere } from './rows.ts';

/** A rating of `positiveFrom` or more is liked, one of `negativeTo` or less disliked; those between have no label. */
export interface LabelThresholds {
  readonly positiveFrom: number;
  readonly negativeTo: number;
  /** Whether ratings must lie beyond the thresholds: over `positiveFrom`, under `negativeTo`. */
  readonly strict?: boolean | undefined;
}

/** The same beyond two quantiles of the table's ratings, between which numpy's way of interpolating lies. */
export interface LabelQuantiles {
  readonly positiveQuantile: number;
  readonly negativeQuantile: number;
}

export type LabelRule = LabelThresholds | LabelQuantiles;

/**
 * Labels by rating, in the order of the rows. Thresholds are rounded to float32, as ratings are.
 * @throws LosslabError `bad-data` for a table without ratings, `bad-option` where a rating would be both
 */
export function labelByRating(table: InteractionTable, thresholds: LabelThresholds): LabelledPairs {
  const ratings = ratingsOf(table);
  const { isLiked, isDisliked } = testsOf(thresholds);
  const rows = rowsWhere(ratings.length, (row) => isLiked(ratings[row]!) || isDisliked(ratings[row]!));
  return { ...pairsAt(table, rows), labels: Float32Array.from(rows, (row) => Number(isLiked(ratings[row]!))) };
}

function ratingsOf({ ratings }: InteractionTable): Float32Array {
  if (ratings === undefined) throw expected('bad-data', 'ratings to label by', 'none', 'say the rating column');
  return ratings;
}

function testsOf({ positiveFrom, negativeTo, strict = false }: LabelThresholds) {
  if (!(strict ? negativeTo <= positiveFrom : negativeTo < positiveFrom)) {
    const got = `${negativeTo} and ${positiveFrom}`;
    throw expected('bad-option', 'negativeTo < positiveFrom', got, 'move them apart', 'negativeTo');
  }
  const [high, low] = [Math.fround(positiveFrom), Math.fround(negativeTo)];
  return {
    isLiked: (rating: number) => (strict ? rating > high : rating >= high),
    isDisliked: (rating: number) => (strict ? rating < low : rating <= low),
  };
}

function pairsAt({ users, items }: InteractionTable, rows: Int32Array): UnlabelledPairs {
  return { users: Int32Array.from(rows, (row) => users[row]!), items: Int32Array.from(rows, (row) => items[row]!) };
}

/**
 * Rules that papers use, by name. Of Inverse Learning `inverse-paper` is that of MovieLens as printed (appendix A.4: over 3 liked,
 * under 2 disliked), `inverse-code` that of its released code and of its Table 3 (over 2 liked, the rest disliked), `finish-rate`
 * and `play-time-quartiles` those of its play-time logs (over 80 % and under 20 % of a video; over the upper and under the lower
 * quartile of play times).
 */
export const LABEL_RULES = {
  'inverse-paper': { positiveFrom: 4, negativeTo: 1 },
  'inverse-code': { positiveFrom: 3, negativeTo: 2 },
  'finish-rate': { positiveFrom: 0.8, negativeTo: 0.2, strict: true },
  'play-time-quartiles': { positiveQuantile: 0.75, negativeQuantile: 0.25 },
} as const satisfies Record<string, LabelRule>;

export type LabelRuleName = keyof typeof LABEL_RULES;

const count = (n: number) => n.toLocaleString('en-US');

/**
 * The table's rows with labels in place of ratings, in their order, and beside them the rows without one; adds a sentence to
 * `provenance`.
 * @throws LosslabError as `labelByRating` does, `unknown-name` for a rule, `bad-data` where every row would have one label
 */
export function labelRows(table: RowTable, rule: LabelRuleName | LabelRule, provenance: string[]): RowTable {
  const thresholds = thresholdsOf(typeof rule === 'string' ? ruleNamed(rule) : rule, table);
  const ratings = ratingsOf(table);
  const { users, items, labels } = labelByRating(table, thresholds);
  const { isLiked, isDisliked } = testsOf(thresholds);
  const rest = rowsWhere(ratings.length, (row) => !isLiked(ratings[row]!) && !isDisliked(ratings[row]!));
  const liked = labels.reduce((sum, label) => sum + label, 0);
  if (liked === 0 || liked === labels.length) {
    const got = `${count(liked)} liked and ${count(labels.length - liked)} disliked`;
    throw expected('bad-data', 'thresholds that leave rows of both labels', got, 'move them', 'labels');
  }
  provenance.push(
    `${described(thresholds)}: ${count(liked)} and ${count(labels.length - liked)} of ${count(table.users.length)} rows; the others are left out.`,
  );
  const { userCount, itemCount } = table;
  return { userCount, itemCount, users, items, labels, unlabelled: pairsAt(table, rest) };
}

function described({ positiveFrom, negativeTo, strict }: LabelThresholds): string {
  const [high, low] = [positiveFrom, negativeTo].map((threshold) => Number(threshold.toPrecision(6)));
  return strict
    ? `Ratings over ${high} are liked, under ${low} disliked`
    : `Ratings of ${high} or more are liked, of ${low} or less disliked`;
}

function thresholdsOf(rule: LabelRule, table: RowTable): LabelThresholds {
  if ('positiveFrom' in rule) return rule;
  const sorted = ratingsOf(table).slice().sort();
  return {
    positiveFrom: quantile(sorted, rule.positiveQuantile, 'positiveQuantile'),
    negativeTo: quantile(sorted, rule.negativeQuantile, 'negativeQuantile'),
    strict: true,
  };
}

function quantile(sorted: Float32Array, share: number, where: string): number {
  if (!(share >= 0 && share <= 1))
    throw expected('bad-option', 'a quantile in [0, 1]', `${share}`, 'choose another', where);
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low + (at - Math.floor(at)) * (high - low);
}

function ruleNamed(name: string): LabelRule {
  if (Object.hasOwn(LABEL_RULES, name)) return LABEL_RULES[name as LabelRuleName];
  throw unknownName('rule of labels', name, Object.keys(LABEL_RULES), 'data');
}
