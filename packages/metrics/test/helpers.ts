import {
  type FactorRanker,
  type Interactions,
  interactionsFromTable,
  type RankedUser,
  type ScoreRanker,
} from '@losslab/core';
import { kernels, Random } from '@losslab/kernels';

/** Interactions from one list of items a user; repeated items are one. */
export function fromLists(itemCount: number, lists: readonly (readonly number[])[]): Interactions {
  const users = lists.flatMap((items, user) => items.map(() => user));
  return interactionsFromTable({
    userCount: lists.length,
    itemCount,
    users: Int32Array.from(users),
    items: Int32Array.from(lists.flat()),
  });
}

/** A ranking in which the ranks of the hits (from 1) are known, of `relevant` held-out items. */
export function rankedUser(hitRanks: readonly number[], relevantCount: number, length = 10): RankedUser {
  const hits = new Uint8Array(length);
  for (const rank of hitRanks) hits[rank - 1] = 1;
  return {
    ranked: Int32Array.from({ length }, (_, rank) => rank),
    hits,
    relevant: Int32Array.from({ length: relevantCount }, (_, i) => i),
  };
}

export function scoreRanker(itemCount: number, rows: readonly (readonly number[])[]): ScoreRanker {
  return {
    kind: 'scores',
    userCount: rows.length,
    itemCount,
    score(users, out) {
      for (const [row, user] of users.entries()) out.set(rows[user]!, row * itemCount);
    },
    dispose: () => undefined,
  };
}

/** Whole-numbered factors: products are exact in float32 and ties are many. */
export function tiedFactors(userCount: number, itemCount: number, dimension: number, seed: number): FactorRanker {
  const random = new Random({ seed });
  const factors = (rows: number): Float32Array =>
    Float32Array.from({ length: rows * dimension }, () => random.int(5) - 2);
  return {
    kind: 'factors',
    userCount,
    itemCount,
    dimension,
    users: factors(userCount),
    items: factors(itemCount),
    dispose: () => undefined,
  };
}

export function scoresOf(ranker: FactorRanker): number[][] {
  const { users, items, userCount, itemCount, dimension } = ranker;
  return Array.from({ length: userCount }, (_, u) =>
    Array.from({ length: itemCount }, (_, i) => {
      let sum = 0;
      for (let d = 0; d < dimension; d++) sum += users[u * dimension + d]! * items[i * dimension + d]!;
      return sum;
    }),
  );
}

/** Each pair with probability `share`; every fifth user has nothing. Rows are given twice, as in careless files. */
export function randomInteractions(userCount: number, itemCount: number, share: number, seed: number): Interactions {
  const random = new Random({ seed, stream: 1 });
  const lists = Array.from({ length: userCount }, (_, user) =>
    Array.from({ length: itemCount }, (_, item) => item).filter(() => random.float() < share && user % 5 !== 4),
  );
  return fromLists(
    itemCount,
    lists.map((items) => [...items, ...items]),
  );
}

export function allocated(): number {
  return kernels().memory.usage.allocated;
}
