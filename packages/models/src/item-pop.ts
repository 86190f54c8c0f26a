/**
 * ItemPop: every user is recommended the items that most users touched. The floor that any personalised model must
 * clear; needs no loss.
 *
 *     s(u,i) = |{ u' : u' touched i }|
 */
import {
  type FittedModel,
  LosslabError,
  type ModelContext,
  type ModelDefinition,
  type NamedArrays,
  type Ranker,
} from '@losslab/core';
import * as z from 'zod';

const options = z.strictObject({});

/** popularity [items] as the rank-one product of ones [users] and popularity. */
function popularityRanker(popularity: Float32Array, userCount: number): Ranker {
  const items = popularity.slice();
  const users = new Float32Array(userCount).fill(1);
  return { kind: 'factors', userCount, itemCount: items.length, dimension: 1, users, items, dispose: () => {} };
}

/** @throws LosslabError `bad-run` where there is no popularity of these items */
function loadedPopularity(arrays: NamedArrays, itemCount: number): Float32Array {
  const found = arrays.popularity?.data;
  if (found instanceof Float32Array && found.length === itemCount) return found.slice();
  const got = found ? `${found.length} numbers` : `arrays named ${Object.keys(arrays).join(', ') || 'nothing'}`;
  const remedy = 'load what was saved from the same data';
  throw new LosslabError('bad-run', `[models] expected popularity of ${itemCount} items, got ${got}; ${remedy}`);
}

function createItemPop({ facts: { userCount, itemCount } }: ModelContext): FittedModel {
  let popularity: Float32Array = new Float32Array(itemCount);
  return {
    kind: 'fitted',
    name: 'itempop',
    async fit({ indices }) {
      popularity = new Float32Array(itemCount);
      for (const item of indices) popularity[item]! += 1;
    },
    ranker: () => popularityRanker(popularity, userCount),
    arrays: () => ({ popularity: { shape: [itemCount], data: popularity.slice() } }),
    load(arrays) {
      popularity = loadedPopularity(arrays, itemCount);
    },
  };
}

export const itemPop: ModelDefinition<z.output<typeof options>> = {
  kind: 'model',
  name: 'itempop',
  fitted: true,
  summary: 'Popularity: the items that most users touched, the same for everyone.',
  source: 'The floor in every paper on implicit feedback',
  options,
  create: (_, context) => createItemPop(context),
};
