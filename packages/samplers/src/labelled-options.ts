import * as z from 'zod';

const fields = {
  /** Share of the labelled pairs, shuffled with the seed, that is held out. */
  holdOut: z.number().min(0).lt(1).default(0),
  /** Which of them to go through: all, those kept, or those held out. */
  part: z.enum(['all', 'kept', 'held-out']).default('all'),
  order: z.enum(['shuffled', 'sequential', 'replacement']).default('shuffled'),
  /** Leave out the last batch of an epoch where it is short. */
  dropLast: z.boolean().default(false),
};
export const labelledOptions = z.strictObject(fields);
export type LabelledOptions = z.output<typeof labelledOptions>;

export const unlabelledOptions = z.strictObject({ order: fields.order, dropLast: fields.dropLast });
export type UnlabelledOptions = z.output<typeof unlabelledOptions>;
