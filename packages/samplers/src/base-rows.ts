import type { Sampler, SamplerContext } from '@losslab/core';
import * as z from 'zod';
import { labelled } from './labelled.ts';
import { observedOptions } from './observed.ts';
import { uniform } from './uniform.ts';

/** What samplers take that change the uniform negatives of others by their scores. */
export const refinedOptions = {
  ...observedOptions,
  /** Whose rows: those of `uniform`, which observe a positive each, or labelled pairs, where M is 0. */
  rows: z.enum(['positives', 'labelled']).default('positives'),
};
const schema = z.strictObject(refinedOptions);
export type RefinedOptions = z.output<typeof schema>;

/** Rows with N uniform negatives that their users are in no row with. */
export function baseRows(options: RefinedOptions, context: SamplerContext): Sampler {
  const { rows, order, dropLast, furtherPositives } = options;
  if (rows === 'positives') {
    const law = { exclude: 'seen', distinct: false } as const;
    return uniform.create({ order, dropLast, furtherPositives, ...law }, context);
  }
  return labelled.create(
    { order: order === 'users' ? 'replacement' : order, dropLast, holdOut: 0, part: 'all' },
    context,
  );
}
