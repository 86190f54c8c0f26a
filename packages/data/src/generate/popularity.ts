import { type Dataset, type Interactions, parseOptions } from '@losslab/core';
import * as z from 'zod';
import { numberNames } from '../names.ts';
import { randomOf, STREAM } from '../random.ts';
import { interactionsChecksum } from '../table/checksum.ts';
import { interactionsWhere } from '../table/sets.ts';
import { ItemDraws } from './item-draws.ts';
import { drawActivity, drawPopularity } from './laws.ts';

/** Options of `generateByPopularity`; the defaults make a data set of the size of MovieLens 100K. */
export const popularitySchema = z.object({
  users: z.number().int().min(1).max(10_000_000).default(1000),
  items: z.number().int().min(2).max(10_000_000).default(2000),
  /** Mean over users, training and test part together; no user has more than half of the items. */
  interactionsPerUser: z.number().min(1).default(100),
  /** Exponent s of Zipf's law: the k-th most popular item has weight k^-s. 0 is no skew. */
  popularitySkew: z.number().min(0).max(3).default(0.7),
  /** How many users have a test part, spread over all; the others only train. */
  testUsers: z.number().int().min(1).default(1000),
  /** One in so many items of such a user is held out. */
  testEvery: z.number().int().min(2).default(5),
  seed: z.number().int().min(0).default(1),
});

/** What a caller may leave out has its default. */
export type PopularityOptions = z.input<typeof popularitySchema>;
type ResolvedOptions = z.output<typeof popularitySchema>;

/**
 * Makes a data set of any size, in time and memory linear in its interactions. Each user has as many distinct items as the
 * user is active (log-normal), drawn by popularity (Zipf). There is no taste to be learned beyond popularity: it is for
 * measuring speed and memory, as `generate` is for measuring accuracy.
 * @param given what is left out has its default; the same options give the same bits
 * @returns the training and the test part, with neither a validation part nor a table
 * @throws LosslabError `bad-option`, or `unknown-name` for an option
 */
export function generateByPopularity(given: PopularityOptions = {}): Dataset {
  const options = parseOptions(popularitySchema, given, 'data generateByPopularity');
  const { users, items, popularitySkew, seed } = options;
  const all = drawInteractions(options);
  const isHeldOut = holdOut(all, options);
  const train = interactionsWhere(all, (_user, _item, at) => isHeldOut[at] === 0);
  const test = interactionsWhere(all, (_user, _item, at) => isHeldOut[at] === 1);
  return {
    name: 'generated-by-popularity',
    train,
    test,
    ids: { users: numberNames(users), items: numberNames(items) },
    checksum: interactionsChecksum([train, test]),
    provenance: [`Generated: items drawn by popularity, skew ${popularitySkew}, seed ${seed}.`],
  };
}

function drawInteractions({ users, items, popularitySkew, seed, ...options }: ResolvedOptions): Interactions {
  const indptr = drawSizes({ users, items, seed, ...options });
  const indices = new Int32Array(indptr[users]!);
  const weights = drawPopularity(randomOf(seed, STREAM.popularity), items, popularitySkew);
  const draws = new ItemDraws(weights, seed);
  const lastUser = new Int32Array(items).fill(-1); // that an item was drawn for
  for (let u = 0; u < users; u++) {
    const end = indptr[u + 1]!;
    for (let at = indptr[u]!; at < end; ) {
      const item = draws.next();
      if (lastUser[item] === u) continue;
      lastUser[item] = u;
      indices[at++] = item;
    }
    indices.subarray(indptr[u]!, end).sort();
  }
  draws.dispose();
  return { userCount: users, itemCount: items, indptr, indices };
}

/** [users + 1]: where each user's items begin. */
function drawSizes({ users, items, interactionsPerUser, seed }: Omit<ResolvedOptions, 'popularitySkew'>): Int32Array {
  const random = randomOf(seed, STREAM.degrees);
  const most = Math.floor(items / 2);
  const indptr = new Int32Array(users + 1);
  for (let u = 0; u < users; u++) {
    const size = Math.max(1, Math.round(interactionsPerUser * drawActivity(random)));
    indptr[u + 1] = indptr[u]! + Math.min(size, most);
  }
  return indptr;
}

/** [interactions]: 1 for the test part. Numbers of items say nothing of their popularity, so every k-th may be taken. */
function holdOut({ userCount, indptr, indices }: Interactions, { testUsers, testEvery }: ResolvedOptions): Uint8Array {
  const isHeldOut = new Uint8Array(indices.length);
  const count = Math.min(testUsers, userCount);
  for (let k = 0; k < count; k++) {
    const u = Math.floor((k * userCount) / count);
    for (let at = indptr[u]! + testEvery - 1; at < indptr[u + 1]!; at += testEvery) isHeldOut[at] = 1;
  }
  return isHeldOut;
}
