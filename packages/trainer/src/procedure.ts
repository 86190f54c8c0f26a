import type { Step } from '@losslab/core';
import type { Named, RunConfig } from './config.ts';
import { findPlugin, type Plugins } from './plugins.ts';
import { optionsOf, resolvePart } from './resolve.ts';
import { singleUpdate } from './single-update.ts';

export interface Procedure {
  readonly step: Step;
  /** As the configuration names it, options filled in. */
  readonly named?: Named;
}

/**
 * The procedure that the configuration names; one gradient and one update a batch where it names none.
 * @param optimizer with its options filled in
 */
export function makeProcedure({ step }: RunConfig, { steps = {} }: Plugins, optimizer: Named): Procedure {
  if (step === undefined) return { step: singleUpdate };
  const definition = findPlugin('step', step.name, steps);
  const named = resolvePart('step', step, definition.options);
  return { named, step: definition.create(optionsOf(named), { learningRate: optimizer.learningRate as number }) };
}
