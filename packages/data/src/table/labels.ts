import type { InteractionTable, LabelledPairs } from '@losslab/core';
import { expected } from '../errors.ts';
import { rowsWhere } from './rows.ts';

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
