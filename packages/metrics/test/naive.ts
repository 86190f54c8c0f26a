import { type Interactions, itemsOf } from '@losslab/core';

/** Full-sort evaluation in float64, written from the definitions and sharing no code with the package. */
export interface NaiveUser {
  readonly ranked: number[];
  readonly test: Set<number>;
}

export function naiveRankings(
  scores: readonly number[][],
  masks: readonly Interactions[],
  test: Interactions,
): Map<number, NaiveUser> {
  const users = new Map<number, NaiveUser>();
  for (const [user, row] of scores.entries()) {
    const held = new Set(itemsOf(test, user));
    if (held.size === 0) continue;
    const masked = new Set(masks.flatMap((mask) => [...itemsOf(mask, user)]));
    const candidates = row.map((score, item) => ({ score, item })).filter(({ item }) => !masked.has(item));
    candidates.sort((a, b) => b.score - a.score || a.item - b.item);
    users.set(user, { ranked: candidates.map(({ item }) => item), test: held });
  }
  return users;
}

type Naive = (user: NaiveUser, k: number) => number;

const top = ({ ranked }: NaiveUser, k: number): number[] => ranked.slice(0, k);
const isHit = ({ test }: NaiveUser, item: number): boolean => test.has(item);
const found = (user: NaiveUser, k: number): number => top(user, k).filter((item) => isHit(user, item)).length;

const recall: Naive = (user, k) => found(user, k) / user.test.size;
const precision: Naive = (user, k) => found(user, k) / k;

export const naive: Record<string, Naive> = {
  recall,
  precision,
  f1(user, k) {
    const [p, r] = [precision(user, k), recall(user, k)];
    return p + r === 0 ? 0 : (2 * p * r) / (p + r);
  },
  ndcg(user, k) {
    const gains = top(user, k).map((item, i) => (isHit(user, item) ? Math.LN2 / Math.log(i + 2) : 0));
    const ideal = Array.from({ length: Math.min(k, user.test.size) }, (_, i) => Math.LN2 / Math.log(i + 2));
    const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
    return sum(gains) / sum(ideal);
  },
  hr: (user, k) => Number(top(user, k).some((item) => isHit(user, item))),
  mrr(user, k) {
    const at = top(user, k).findIndex((item) => isHit(user, item));
    return at < 0 ? 0 : 1 / (at + 1);
  },
  map(user, k) {
    const precisions = top(user, k).flatMap((item, i) => (isHit(user, item) ? [precision(user, i + 1)] : []));
    return precisions.reduce((a, b) => a + b, 0) / Math.min(k, user.test.size);
  },
};
