/**
 * ItemKNN. Sarwar, Karypis, Konstan, Riedl: "Item-Based Collaborative Filtering Recommendation Algorithms", WWW 2001, §3, on who
 * touched what:
 *
 *     cos(i,j) = |U_i ∩ U_j| / √(|U_i| |U_j|),     s(u,i) = Σ_{j ∈ I_u ∩ N_k(i)} cos(i,j)
 *
 * N_k(i) are the k items of greatest cosine with i. Deviation: their score is a mean of ratings with these weights; without
 * ratings it would be 1 throughout, so the sum stands in its place.
 */
import type { FittedModel, ModelContext, ModelDefinition } from '@losslab/core';
import * as z from 'zod';
import { loadedArray } from '../loaded.ts';
import { type Neighbours, nearestItems } from './neighbours.ts';
import { itemKnnRanker } from './ranker.ts';

const options = z.strictObject({
  k: z
    .int('must be a whole number >= 1')
    .min(1, 'must be a whole number >= 1')
    .default(100)
    .describe('k ≥ 1, neighbours kept of each item.'),
});
export type ItemKnnOptions = z.output<typeof options>;

function createItemKnn({ k: most }: ItemKnnOptions, { facts: { itemCount }, train }: ModelContext): FittedModel {
  const k = Math.min(most, Math.max(1, itemCount - 1));
  const shape = [itemCount, k];
  let data = train;
  let neighbours: Neighbours = {
    k,
    ids: new Int32Array(itemCount * k).fill(-1),
    weights: new Float32Array(itemCount * k),
  };
  return {
    kind: 'fitted',
    name: 'itemknn',
    async fit(given, signal) {
      neighbours = await nearestItems(given, k, signal);
      data = given;
    },
    ranker: () => itemKnnRanker(data, neighbours),
    arrays: () => ({
      neighbours: { shape, data: neighbours.ids.slice() },
      weights: { shape, data: neighbours.weights.slice() },
    }),
    load(arrays) {
      const ids = loadedArray(arrays, 'neighbours', shape, Int32Array);
      neighbours = { k, ids, weights: loadedArray(arrays, 'weights', shape, Float32Array) };
    },
  };
}

export const itemKnn: ModelDefinition<ItemKnnOptions> = {
  kind: 'model',
  name: 'itemknn',
  fitted: true,
  summary: 'Item-based neighbours: items touched by the same users as the user’s own.',
  source: 'Sarwar et al., WWW 2001, §3',
  options,
  create: createItemKnn,
};
