import type { SamplerDefinition } from '@losslab/core';
import { type Check, registerChecks } from '../check.ts';
import { type SamplerContract, samplerSubject } from './contract.ts';
import { exclusionChecks } from './exclusion.ts';
import { lawChecks } from './law.ts';
import { samplerMetadataChecks } from './metadata.ts';
import { purityChecks } from './purity.ts';
import { refinementChecks } from './refinement.ts';
import { shapeChecks } from './shapes.ts';

/** Everything that a sampler is asked, as functions that throw. */
export function samplerChecks<Options>(
  definition: SamplerDefinition<Options>,
  contract: SamplerContract = {},
): Check[] {
  const subject = samplerSubject(definition as SamplerDefinition, contract);
  return [
    ...samplerMetadataChecks(subject),
    ...shapeChecks(subject),
    ...exclusionChecks(subject),
    ...purityChecks(subject),
    ...lawChecks(subject),
    ...refinementChecks(subject),
  ];
}

/**
 * The contract of samplers, as vitest tests. Call it at the top level of a test file:
 *
 *     testSampler(mySampler, { options: { exponent: 0.75 }, law: (user, item, train) => ... });
 */
export function testSampler<Options>(definition: SamplerDefinition<Options>, contract: SamplerContract = {}): void {
  registerChecks(`sampler ${definition.name}`, samplerChecks(definition, contract));
}
