import { type Loss, LosslabError, type ModelContext, type StepModel } from '@losslab/core';
import type { Disposals } from './disposals.ts';
import { findPlugin, type Plugins } from './plugins.ts';
import { optionsOf, resolvePart } from './resolve.ts';

/** The models that a loss brings along, by their names in its needs; parameters carry the name as their scope. */
export function auxiliaryModels(
  { needs, name: lossName }: Loss,
  models: Plugins['models'],
  context: ModelContext,
  made: Disposals,
): Readonly<Record<string, StepModel>> {
  const entries = Object.entries(needs.auxiliary ?? {}).map(([name, spec]) => {
    const definition = findPlugin('model', spec.model, models);
    const named = resolvePart(
      `auxiliary model ${name} of ${lossName},`,
      { ...spec.options, name: spec.model },
      definition.options,
    );
    const model = definition.create(optionsOf(named), { ...context, scope: name });
    if (model.kind === 'step') return [name, made.adding(model, (it) => it.parameters.dispose())] as const;
    throw new LosslabError(
      'bad-plugin',
      `[trainer] expected an auxiliary model trained by steps for ${lossName}, got ${spec.model}; name another in its needs`,
      { where: 'loss' },
    );
  });
  return Object.fromEntries(entries);
}
