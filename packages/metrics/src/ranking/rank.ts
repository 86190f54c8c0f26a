import type { Interactions, Ranker } from '@losslab/core';
import { type Kernels, kernels as loadedKernels } from '@losslab/kernels';
import { factorBlocks, type RankBlock, scoreBlocks } from './blocks.ts';
import { checkRanking } from './check.ts';
import { markHits } from './hits.ts';
import { type Mask, unionOf, usersWithItems } from './mask.ts';

export interface RankOptions {
  readonly ranker: Ranker;
  /** Parts whose items are left out of each user's ranking: training, and at test validation too. */
  readonly mask: readonly Interactions[];
  /** The part whose items are hits. Users without any are left out. */
  readonly test: Interactions;
  /** Length of the lists; at most the number of items. */
  readonly k: number;
  /** Rank these users only. */
  readonly users?: Int32Array;
  /** Default: the process's. */
  readonly kernels?: Kernels;
}

/** The k best items of each user with test items. */
export interface Rankings {
  readonly users: Int32Array; // [n]
  readonly k: number;
  /** [n, k], best first, ties by the smaller item; −1 where fewer than k items are left. */
  readonly items: Int32Array;
  /** [n, k], −∞ where there is no item. */
  readonly scores: Float32Array;
  /** [n, k], 1 where the item is one of the user's test items. */
  readonly hits: Uint8Array;
  readonly test: Interactions;
  /** How many of the users have no test items. */
  readonly leftOutUserCount: number;
}

/**
 * Full ranking: every item that is not masked, for every user with test items. A test item that is also masked stays in
 * the test part and cannot be found. Items whose score is −∞ are not recommended.
 * @throws LosslabError `bad-option` where k is no whole number in [1, items], `bad-data` where a part has other numbers of
 *   users or items than the ranker or a user is out of range, `not-finite` where a score is NaN.
 */
export function rankAll(options: RankOptions): Rankings {
  const { ranker, mask, test, k, users: asked } = options;
  checkRanking(options);
  const users = usersWithItems(test, asked);
  const n = users.length;
  const items = new Int32Array(n * k);
  const scores = new Float32Array(n * k);
  const merged = unionOf(mask, ranker.userCount);
  rankInto(options.kernels ?? loadedKernels(), ranker, merged, users, k, (block) => {
    items.set(block.items, block.first * k);
    scores.set(block.scores, block.first * k);
  });
  const hits = markHits(test, users, items, k);
  return { users, k, items, scores, hits, test, leftOutUserCount: (asked?.length ?? test.userCount) - n };
}

function rankInto(
  kernels: Kernels,
  ranker: Ranker,
  mask: Mask,
  users: Int32Array,
  k: number,
  onBlock: (block: RankBlock) => void,
): void {
  const { memory } = kernels;
  const seen = { indptr: memory.copyOf(mask.indptr), indices: memory.copyOf(mask.indices) };
  try {
    const request = { kernels, seen, users, k };
    const blocks = ranker.kind === 'factors' ? factorBlocks(ranker, request) : scoreBlocks(ranker, request);
    for (const block of blocks) onBlock(block);
  } finally {
    memory.free(seen.indptr);
    memory.free(seen.indices);
  }
}
