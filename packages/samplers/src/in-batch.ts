import type { SamplerDefinition } from '@losslab/core';
import * as z from 'zod';
import { observedOptions, observedSampler } from './observed.ts';

const options = z.strictObject(observedOptions);
export type InBatchOptions = z.output<typeof options>;

/**
 * Each row observes one training positive; its negatives are the other rows' observed positives, B − 1 of them, whatever
 * number of negatives the run names. Repeated items and the user's own positives stay. A last batch of one row would
 * have no negatives and is left out.
 */
export const inBatch: SamplerDefinition<InBatchOptions> = {
  kind: 'sampler',
  name: 'in-batch',
  summary: 'negatives are the other rows’ positives',
  source: 'Wu et al., BSL (ICDE 2024), Algorithm 2; Hidasi et al., GRU4Rec (ICLR 2016), §3.1.2',
  options,
  create: (given, context) =>
    observedSampler('in-batch', given, { ...context, negatives: 'in-batch' }, () => ({
      excludes: 'nobody',
      draw: () => undefined,
    })),
};
