import { type InteractionTable, type LabelledPairs, unknownName } from '@losslab/core';
import { expected } from '../errors.ts';
import { type RowTable, rowsWhere } from './rows.ts';

/** A rating of `positiveFrom` or more is liked, one of `negativeTo` or less disliked; those between are left out. */
export interface LabelThresholds {
  readonly positiveFrom: number;
  readonly negativeTo: number;
}

/**
 * Labels by rating, in the order of the rows.
 * @throws LosslabError `bad-data` for a table without ratings, `bad-option` where a rating would be both
 */
export function labelByRating(table: InteractionTable, { positiveFrom, negativeTo }: LabelThresholds): LabelledPairs {
  const { ratings } = table;
  if (ratings === undefined) throw expected('bad-data', 'ratings to label by', 'none', 'say the rating column');
  if (!(negativeTo < positiveFrom)) {
    const got = `${negativeTo} and ${positiveFrom}`;
    throw expected('bad-option', 'negativeTo < positiveFrom', got, 'move them apart', 'negativeTo');
  }
  const rows = rowsWhere(ratings.length, (row) => ratings[row]! >= positiveFrom || ratings[row]! <= negativeTo);
  const pick = (column: Int32Array) => Int32Array.from(rows, (row) => column[row]!);
  return {
    users: pick(table.users),
    items: pick(table.items),
    labels: Float32Array.from(rows, (row) => (ratings[row]! >= positiveFrom ? 1 : 0)),
  };
}

/**
 * Rules that papers use, by name: `inverse-paper` is that of Inverse Learning as printed (appendix A.4: over 3 liked, under 2
 * disliked), `inverse-code` that of its released code and of its Table 3 (over 2 liked, the rest disliked).
 */
export const LABEL_RULES = {
  'inverse-paper': { positiveFrom: 4, negativeTo: 1 },
  'inverse-code': { positiveFrom: 3, negativeTo: 2 },
} as const satisfies Record<string, LabelThresholds>;

export type LabelRuleName = keyof typeof LABEL_RULES;

const count = (n: number) => n.toLocaleString('en-US');

/**
 * The table's rated rows with labels in place of ratings, in their order; adds a sentence to `provenance`.
 * @throws LosslabError as `labelByRating` does, `unknown-name` for a rule, `bad-data` where every row would have one label
 */
export function labelRows(table: RowTable, rule: LabelRuleName | LabelThresholds, provenance: string[]): RowTable {
  const thresholds = typeof rule === 'string' ? ruleNamed(rule) : rule;
  const { users, items, labels } = labelByRating(table, thresholds);
  const { positiveFrom, negativeTo } = thresholds;
  const liked = labels.reduce((sum, label) => sum + label, 0);
  const text = `Ratings of ${positiveFrom} or more are liked, of ${negativeTo} or less disliked`;
  if (liked === 0 || liked === labels.length) {
    const got = `${count(liked)} liked and ${count(labels.length - liked)} disliked`;
    throw expected('bad-data', 'thresholds that leave rows of both labels', got, 'move them', 'labels');
  }
  provenance.push(
    `${text}: ${count(liked)} and ${count(labels.length - liked)} of ${count(table.users.length)} rows; the others are left out.`,
  );
  return { userCount: table.userCount, itemCount: table.itemCount, users, items, labels };
}

function ruleNamed(name: string): LabelThresholds {
  if (Object.hasOwn(LABEL_RULES, name)) return LABEL_RULES[name as LabelRuleName];
  throw unknownName('rule of labels', name, Object.keys(LABEL_RULES), 'data');
}
