import * as z from 'zod';

const share = z.number().min(0).max(0.9);

/** Options of the generator; the defaults make a data set of the size of MovieLens 100K. */
export const generateSchema = z.object({
  users: z.number().int().min(1).max(10_000_000).default(1000),
  items: z.number().int().min(2).max(1_000_000).default(1700),
  /** Of the latent factors. */
  dimension: z.number().int().min(1).max(1024).default(8),
  /** Mean over users, training and test part together. */
  interactionsPerUser: z.number().min(1).default(80),
  /** Exponent s of Zipf's law: the k-th most popular item has weight k^-s. 0 is no skew. */
  popularitySkew: z.number().min(0).max(3).default(0.7),
  /** Share of a user's training interactions that are with items the user does not like. */
  falsePositiveRate: share.default(0.1),
  /** Share of the items a user likes that are never observed. */
  falseNegativeRate: share.default(0.3),
  /** Share of a user's observed likes that is held out; the test part has no false positives. */
  testShare: z.number().gt(0).max(0.9).default(0.2),
  /** Items that a user does not like and says so; with them the pairs of the data have labels. 0: none, and no labels. */
  dislikesPerUser: z.number().int().min(0).default(0),
  seed: z.number().int().min(0).default(1),
});

/** What a caller may leave out has its default. */
export type GenerateOptions = z.input<typeof generateSchema>;
export type ResolvedGenerateOptions = z.output<typeof generateSchema>;
