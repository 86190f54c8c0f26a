import type { LossDefinition } from '@losslab/core';
import type { Check } from '../check.ts';
import { registerOnEngines } from '../engines.ts';
import { type LossContract, lossSubject } from './contract.ts';
import { extremeChecks } from './extremes.ts';
import { inspectionChecks } from './inspection.ts';
import { metadataChecks } from './metadata.ts';
import { symmetryChecks } from './symmetries.ts';
import { valueChecks } from './values.ts';

/** Everything that a loss is asked, as functions that throw. */
export function lossChecks<Options>(definition: LossDefinition<Options>, contract: LossContract): Check[] {
  const subject = lossSubject(definition as LossDefinition, contract);
  return [
    ...metadataChecks(subject),
    ...valueChecks(subject),
    ...extremeChecks(subject),
    ...symmetryChecks(subject),
    ...inspectionChecks(subject),
  ];
}

/**
 * The contract of losses, as vitest tests. Call it at the top level of a test file:
 *
 *     testLoss(myLoss, { options: { tau: 0.2 }, naive: ({ positive, negative }) => ... });
 */
export function testLoss<Options>(definition: LossDefinition<Options>, contract: LossContract): void {
  registerOnEngines(`loss ${definition.name}`, lossChecks(definition, contract), contract.engines);
}
