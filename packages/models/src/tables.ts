import {
  EmbeddingTable,
  type Initialiser,
  normal,
  type Rows,
  uniform,
  xavierNormal,
  xavierUniform,
} from '@losslab/backend';
import type { ModelContext } from '@losslab/core';
import * as z from 'zod';

const range = z.tuple([z.number(), z.number()], { error: 'must be two numbers' }).optional();

/** Options of every model that keeps a vector for each user and each item. */
export const tableOptions = {
  dimension: z.int().min(1, 'must be >= 1').default(64).describe('D, the length of a user’s or an item’s vector.'),
  similarity: z
    .enum(['dot', 'cosine'])
    .default('dot')
    .describe('For training and ranking alike. In a run, the loss’s own unless it is set.'),
  initialiser: z
    .enum(['xavierUniform', 'xavierNormal', 'normal', 'uniform'])
    .default('xavierUniform')
    .describe('Where the vectors start: Glorot & Bengio 2010, normal with `deviation`, or uniform in the ranges.'),
  deviation: z.number().positive('must be > 0').default(0.01).describe('Standard deviation of `normal`, > 0.'),
  userRange: range.describe(
    '[a, b] of `uniform` for users: entries from a on, towards b, without b. Absent: [0, 1/√D].',
  ),
  itemRange: range.describe('The same for items.'),
};
/** The same where ranking may use another similarity than training. */
export const graphTableOptions = {
  ...tableOptions,
  similarity: tableOptions.similarity.describe(
    'For training, and for ranking unless `rankBy` says otherwise. In a run, the loss’s own unless it is set.',
  ),
  rankBy: z
    .enum(['similarity', 'dot', 'cosine'])
    .default('similarity')
    .describe('For ranking. BSL trains on cosines and ranks by the inner product (Wu et al., Table V).'),
};

interface RankOptions {
  readonly similarity: 'dot' | 'cosine';
  readonly rankBy: 'similarity' | 'dot' | 'cosine';
}

export const ranksByCosine = ({ similarity, rankBy }: RankOptions): boolean =>
  (rankBy === 'similarity' ? similarity : rankBy) === 'cosine';

const schema = z.strictObject(tableOptions);
type TableOptions = z.output<typeof schema>;

/** Vectors of users and of items: tables, or rows that other ops computed. */
export interface Sides {
  readonly users: Rows; // [users, D]
  readonly items: Rows; // [items, D]
}

export interface Tables extends Sides {
  readonly users: EmbeddingTable;
  readonly items: EmbeddingTable;
}

function initialiserOf(
  { initialiser, deviation, dimension }: TableOptions,
  [from, to]: readonly [number, number] = [0, 1 / Math.sqrt(dimension)],
): Initialiser {
  const all = { xavierUniform, xavierNormal, normal: () => normal(deviation), uniform: () => uniform(from, to) };
  return all[initialiser]();
}

export function makeTables(chosen: TableOptions, { facts, seed, scope }: ModelContext): Tables {
  const table = (name: string, rows: number, range: [number, number] | undefined): EmbeddingTable =>
    new EmbeddingTable({
      name: scope ? `${scope}.${name}` : name,
      rows,
      dimension: chosen.dimension,
      initialise: initialiserOf(chosen, range),
      seed,
    });
  return {
    users: table('users', facts.userCount, chosen.userRange),
    items: table('items', facts.itemCount, chosen.itemRange),
  };
}
