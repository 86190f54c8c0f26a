import type { Interactions, Ranker } from '@losslab/core';
import { type Kernels, kernels as loadedKernels, type View } from '@losslab/kernels';
import { expected } from '../errors.ts';
import { factorBlocks, scoreBlocks } from './blocks.ts';
import { checkCutOff } from './check.ts';
import { unionOf } from './mask.ts';

export interface UserRankingOptions {
  readonly ranker: Ranker;
  /** Parts whose items are left out of their users' lists. */
  readonly mask: readonly Interactions[];
  /** Default: the process's. */
  readonly kernels?: Kernels;
}

/** The best items of a user, best first, ties by the smaller item. */
export interface TopItems {
  readonly items: Int32Array; // [n], n ≤ k: fewer where fewer are left
  readonly scores: Float32Array; // [n]
}

/** Ranks one user after another; holds what that takes in the kernels' memory until `dispose`. */
export interface UserRanking {
  /** @throws LosslabError `bad-option` where k is no whole number in [1, items], `bad-data` for a user out of range. */
  top(user: number, k: number): TopItems;
  dispose(): void;
}

/** For programs that answer one user at a time: the mask is made once, factors are moved to the kernels once. */
export function userRanking({ ranker, mask, kernels = loadedKernels() }: UserRankingOptions): UserRanking {
  const { memory } = kernels;
  const taken: View[] = [];
  const copied = <V extends Float32Array | Int32Array>(values: V): V => {
    const copy = memory.copyOf(values) as V;
    taken.push(copy);
    return copy;
  };
  const resident = (values: Float32Array): Float32Array => (memory.owns(values) ? values : copied(values));
  const merged = unionOf(mask, ranker.userCount);
  const seen = { indptr: copied(merged.indptr), indices: copied(merged.indices) };
  const factors = ranker.kind === 'factors' && {
    ...ranker,
    users: resident(ranker.users),
    items: resident(ranker.items),
  };
  return {
    top(user, k) {
      checkCutOff(k, ranker);
      if (!Number.isInteger(user) || user < 0 || user >= ranker.userCount) {
        throw expected('bad-data', `a user in [0, ${ranker.userCount})`, String(user), 'check the numbering', 'user');
      }
      const request = { kernels, seen, users: Int32Array.of(user), k };
      const blocks = factors ? factorBlocks(factors, request) : scoreBlocks(ranker as never, request);
      for (const { items, scores } of blocks) {
        const n = items.indexOf(-1) === -1 ? k : items.indexOf(-1);
        return { items: items.slice(0, n), scores: scores.slice(0, n) };
      }
      return { items: new Int32Array(0), scores: new Float32Array(0) };
    },
    dispose() {
      for (const view of taken.splice(0)) memory.free(view);
    },
  };
}
