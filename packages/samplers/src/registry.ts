import type { SamplerDefinition } from '@losslab/core';
import { dns } from './dns.ts';
import { inBatch } from './in-batch.ts';
import { labelled } from './labelled.ts';
import { popularity } from './popularity.ts';
import { srns } from './srns.ts';
import { uniform } from './uniform.ts';
import { unlabelled } from './unlabelled.ts';

/** The samplers of this package, by name. */
export const samplers: Readonly<Record<string, SamplerDefinition>> = {
  uniform,
  popularity,
  'in-batch': inBatch,
  labelled,
  unlabelled,
  dns,
  srns,
};
