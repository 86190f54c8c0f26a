import { EmbeddingTable, type Initialiser, normal, type Rows, xavierNormal, xavierUniform } from '@losslab/backend';
import type { ModelContext } from '@losslab/core';
import { z } from 'zod';

/** Options of every model that keeps a vector for each user and each item. */
export const tableOptions = {
  dimension: z.int().min(1, 'must be >= 1').default(64).describe('D, the length of a user’s or an item’s vector.'),
  similarity: z
    .enum(['dot', 'cosine'])
    .default('dot')
    .describe('For training and ranking alike. In a run, the loss’s own unless it is set.'),
  initialiser: z
    .enum(['xavierUniform', 'xavierNormal', 'normal'])
    .default('xavierUniform')
    .describe('Where the vectors start: Glorot & Bengio 2010, or normal with `deviation`.'),
  deviation: z.number().positive('must be > 0').default(0.01).describe('Standard deviation of `normal`, > 0.'),
};
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

function initialiserOf({ initialiser, deviation }: TableOptions): Initialiser {
  return { xavierUniform, xavierNormal, normal: () => normal(deviation) }[initialiser]();
}

export function makeTables(chosen: TableOptions, { facts, seed, scope }: ModelContext): Tables {
  const initialise = initialiserOf(chosen);
  const table = (name: string, rows: number): EmbeddingTable =>
    new EmbeddingTable({
      name: scope ? `${scope}.${name}` : name,
      rows,
      dimension: chosen.dimension,
      initialise,
      seed,
    });
  return { users: table('users', facts.userCount), items: table('items', facts.itemCount) };
}
