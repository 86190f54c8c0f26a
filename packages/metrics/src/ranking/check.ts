import type { Ranker } from '@losslab/core';
import { expected } from '../errors.ts';
import type { RankBlock, RankRequest } from './blocks.ts';
import type { RankOptions } from './rank.ts';

/** @throws LosslabError `bad-option` unless k is a whole number in [1, items]. */
export function checkCutOff(k: number, { itemCount }: Pick<Ranker, 'itemCount'>): void {
  if (Number.isInteger(k) && k >= 1 && k <= itemCount) return;
  const remedy = k > itemCount ? 'the catalogue has no more items; lower k' : 'pass a whole number';
  throw expected('bad-option', `k in [1, ${itemCount}]`, String(k), remedy, 'k');
}

export function checkRanking({ ranker, mask, test, k, users }: RankOptions): void {
  checkCutOff(k, ranker);
  for (const part of [test, ...mask]) {
    if (part.userCount !== ranker.userCount || part.itemCount !== ranker.itemCount) {
      const sizes = ({ userCount, itemCount }: { userCount: number; itemCount: number }): string =>
        `${userCount} users and ${itemCount} items`;
      const remedy = 'evaluate a model on the data that it was trained on';
      throw expected('bad-data', `parts of ${sizes(ranker)}, as the model has`, sizes(part), remedy, 'test');
    }
  }
  const stranger = users?.find((u) => u < 0 || u >= ranker.userCount);
  if (stranger !== undefined) {
    throw expected('bad-data', `users in [0, ${ranker.userCount})`, String(stranger), 'check the numbering', 'users');
  }
}

/** Lists that are shorter than the user's unmasked items are looked into: −∞ is a way to withhold an item, NaN is not. */
export function checkBlock(
  { first, items }: RankBlock,
  { seen, users, k }: RankRequest,
  itemCount: number,
  scoresOf: (row: number) => Float32Array,
): void {
  for (let row = 0; row < items.length / k; row++) {
    const user = users[first + row]!;
    const left = itemCount - (seen.indptr[user + 1]! - seen.indptr[user]!);
    if (items[row * k + Math.min(k, left) - 1] !== -1 || left === 0) continue;
    if (!scoresOf(row).some(Number.isNaN)) continue;
    const remedy = 'the model has diverged: lower its learning rate, or take an earlier checkpoint';
    throw expected('not-finite', 'scores that can be ranked', `NaN for user ${user}`, remedy, 'ranker');
  }
}
