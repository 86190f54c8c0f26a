import { type Interactions, itemsOf, type ScoreRanker } from '@losslab/core';
import type { Neighbours } from './neighbours.ts';

/** s(u,i) = Σ_{j ∈ I_u ∩ N_k(i)} cos(i,j), over the user's training items. */
export function itemKnnRanker(train: Interactions, neighbours: Neighbours): ScoreRanker {
  const { userCount, itemCount } = train;
  const { start, ids, weights } = reversed(neighbours, itemCount);
  return {
    kind: 'scores',
    userCount,
    itemCount,
    score(users, out) {
      out.fill(0, 0, users.length * itemCount);
      for (const [row, user] of users.entries()) {
        for (const j of itemsOf(train, user)) {
          for (let at = start[j]!; at < start[j + 1]!; at++) out[row * itemCount + ids[at]!]! += weights[at]!;
        }
      }
    },
    dispose() {},
  };
}

/** By j: the items i that j is a neighbour of, and their cosines. */
function reversed({ k, ids, weights }: Neighbours, itemCount: number) {
  const start = new Int32Array(itemCount + 1);
  for (const j of ids) if (j >= 0) start[j + 1]!++;
  for (let j = 0; j < itemCount; j++) start[j + 1]! += start[j]!;
  const next = start.slice();
  const of = { ids: new Int32Array(start[itemCount]!), weights: new Float32Array(start[itemCount]!) };
  for (const [at, j] of ids.entries()) {
    if (j < 0) continue;
    const place = next[j]!++;
    of.ids[place] = Math.floor(at / k);
    of.weights[place] = weights[at]!;
  }
  return { start, ...of };
}
