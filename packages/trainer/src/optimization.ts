import { makeOptimizer, optimizerDefinitions, ParameterSet } from '@losslab/backend';
import {
  type Loss,
  LosslabError,
  type ModelSpec,
  type Optimizer,
  type Parameters,
  type StepModel,
  unknownName,
} from '@losslab/core';
import type { Named } from './config.ts';
import { optionsOf, resolvePart } from './resolve.ts';

export interface Optimization {
  /** Of the model and its auxiliary ones together, a group each. */
  readonly parameters: Parameters;
  readonly optimizer: Optimizer;
  readonly freshOptimizer: (name: string, learningRate: number) => Optimizer;
}

const groupOf = (auxiliary: string): string => `auxiliary.${auxiliary}`;

/** The optimizer with its options filled in. */
export function resolveOptimizer(optimizer: Named): Named {
  const definition = optimizerDefinitions.find(({ name }) => name === optimizer.name);
  if (definition !== undefined) return resolvePart('optimizer', optimizer, definition.options);
  const known = optimizerDefinitions.map(({ name }) => name);
  throw unknownName('optimizer', optimizer.name, known, 'trainer');
}

/** Joins the parameters and makes one optimizer a group: the run's, or what the loss wants for its own models. */
export function makeOptimization(
  optimizer: Named,
  model: StepModel,
  auxiliary: Readonly<Record<string, StepModel>>,
  { needs }: Loss,
): Optimization {
  const parameters = joined(model, auxiliary);
  const overrides = Object.entries(needs.auxiliary ?? {}).map(([name, spec]) => [groupOf(name), overrideOf(spec)]);
  return {
    parameters,
    optimizer: makeOptimizer(optimizer.name, optionsOf(optimizer), parameters, Object.fromEntries(overrides)),
    freshOptimizer: (name, learningRate) => makeOptimizer(name, { learningRate }, parameters),
  };
}

function overrideOf({ optimizer: { name, ...options } = {} }: ModelSpec) {
  return { ...(name !== undefined && { name }), options };
}

function joined(model: StepModel, auxiliary: Readonly<Record<string, StepModel>>): Parameters {
  const others = Object.entries(auxiliary);
  if (others.length === 0) return model.parameters;
  const parts = others.map(([name, part]) => [groupOf(name), parameterSet(part)] as const);
  return ParameterSet.union({ model: parameterSet(model), ...Object.fromEntries(parts) });
}

function parameterSet({ name, parameters }: StepModel): ParameterSet {
  if (parameters instanceof ParameterSet) return parameters;
  throw new LosslabError(
    'bad-plugin',
    `[trainer] expected ${name} to keep its parameters in a ParameterSet, got another kind; build the model on @losslab/backend`,
    { where: 'model' },
  );
}
