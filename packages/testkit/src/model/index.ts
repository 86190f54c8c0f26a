import type { ModelDefinition } from '@losslab/core';
import type { Check } from '../check.ts';
import { registerOnEngines } from '../engines.ts';
import { fittedCheckpointChecks, stepCheckpointChecks } from './checkpoint.ts';
import { type ModelContract, modelSubject } from './contract.ts';
import { gradientChecks } from './gradients.ts';
import { learningChecks } from './learning.ts';
import { memoryChecks } from './memory.ts';
import { modelMetadataChecks } from './metadata.ts';
import { randomnessChecks } from './randomness.ts';
import { scoringChecks } from './scoring.ts';

/** Everything that a model is asked, as functions that throw. */
export function modelChecks<Options>(definition: ModelDefinition<Options>, contract: ModelContract = {}): Check[] {
  const subject = modelSubject(definition as ModelDefinition, contract);
  const common = [...modelMetadataChecks(subject), ...learningChecks(subject)];
  if (definition.fitted) return [...common, ...fittedCheckpointChecks(subject)];
  return [
    ...common,
    ...scoringChecks(subject),
    ...gradientChecks(subject),
    ...randomnessChecks(subject),
    ...stepCheckpointChecks(subject),
    ...memoryChecks(subject),
  ];
}

/**
 * The contract of models, as vitest tests. Call it at the top level of a test file:
 *
 *     testModel(myModel, { options: { dimension: 8 }, dropout: { dropout: 0.5 } });
 */
export function testModel<Options>(definition: ModelDefinition<Options>, contract: ModelContract = {}): void {
  registerOnEngines(`model ${definition.name}`, modelChecks(definition, contract), contract.engines);
}
