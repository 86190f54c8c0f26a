import {
  type Dataset,
  dataFacts,
  type Loss,
  LosslabError,
  type ModelContext,
  type ModelDefinition,
  type Step,
  type StepModel,
} from '@losslab/core';
import { auxiliaryModels } from './auxiliary.ts';
import { type Named, parseConfig, type RunConfig, type RunConfigInput } from './config.ts';
import { Disposals } from './disposals.ts';
import { checkLabels, takesLabels, withLabelledMetrics } from './labels.ts';
import { weightsOf } from './load-run.ts';
import { makeOptimization, resolveOptimizer } from './optimization.ts';
import type { PreparedParts } from './parts.ts';
import { findPlugin, type Plugins } from './plugins.ts';
import { makeProcedure } from './procedure.ts';
import { withRegime } from './regime.ts';
import { optionsOf, resolveColumns, resolvePart, withSimilarity } from './resolve.ts';
import { disposeSamplers, makeSamplers, resolveSampler } from './streams.ts';

export interface PrepareOptions {
  readonly config: RunConfigInput;
  readonly dataset: Dataset;
  /** What the configuration's names mean. */
  readonly plugins: Plugins;
  /** A procedure of the program's own, in place of the one that the configuration names. */
  readonly step?: Step;
}

interface Preparation extends PrepareOptions {
  readonly run: RunConfig;
  readonly definition: ModelDefinition;
  readonly context: ModelContext;
}

/**
 * Makes the parts of a run on the active engine, every default of the configuration filled in.
 * @throws LosslabError `unknown-name` for a name or an option that nobody knows, `bad-option` for a value, for one that
 *   contradicts the regime or for more or fewer columns than the loss takes, `missing-data` for a loss whose labels are not
 *   there, `bad-plugin`.
 */
export function prepare(options: PrepareOptions): PreparedParts {
  const { dataset, plugins } = options;
  const config = withRegime(options.config, plugins.losses);
  const run = parseConfig(config);
  const definition = findPlugin('model', run.model.name, plugins.models);
  const { train, labelled } = dataset;
  const context: ModelContext = {
    facts: dataFacts(train),
    train,
    ...(labelled && { labelled: labelled.train }),
    seed: run.seed,
    weightsOf,
  };
  const preparation = { ...options, config, run, definition, context };
  return definition.fitted ? prepareFitted(preparation) : prepareSteps(preparation);
}

function prepareFitted({ run, definition, context, dataset, plugins }: Preparation): PreparedParts {
  if (run.loss !== undefined) {
    throw misfit(`no loss with ${definition.name}, which is fitted`, run.loss.name, 'leave it out', 'loss');
  }
  const named = resolvePart('model', run.model, definition.options);
  const model = definition.create(optionsOf(named), context);
  const config = { ...run, data: run.data ?? { name: dataset.name }, model: named };
  return { config, dataset, model, metrics: plugins.metrics, dispose: () => {} };
}

function prepareSteps({ config: given, run: asked, step: own, ...preparation }: Preparation): PreparedParts {
  const { definition, context, dataset, plugins } = preparation;
  const { named: lossNamed, loss } = makeLoss(asked, plugins, context);
  const optimizer = resolveOptimizer(asked.optimizer);
  const procedure = own === undefined ? makeProcedure(asked, plugins, optimizer) : { step: own };
  const { step } = procedure;
  checkLabels(loss, step, dataset);
  const wantsLabels = takesLabels(loss, step);
  const run = wantsLabels ? withLabelledMetrics(asked, given, dataset) : asked;
  const model = resolvePart('model', withSimilarity(run.model, definition.options, loss.needs), definition.options);
  const sampler = resolveSampler(run, wantsLabels, plugins);
  const data = run.data ?? { name: dataset.name };
  const named = {
    data,
    model,
    loss: lossNamed,
    sampler,
    optimizer,
    ...('named' in procedure && { step: procedure.named }),
  };
  const config = { ...run, ...resolveColumns(run, loss), ...named };
  const made = new Disposals();
  try {
    const samplers = made.adding(makeSamplers({ config, step, dataset, plugins }), disposeSamplers);
    const [first, ...further] = Object.values(samplers);
    const streams = Object.fromEntries(step.streams.slice(1).map(({ name }, at) => [name, further[at]!]));
    const stepModel = made.adding(makeStepModel(definition, model, context), disposeModel);
    const auxiliary = auxiliaryModels(loss, plugins.models, context, made);
    const optimization = makeOptimization(optimizer, stepModel, auxiliary, loss);
    made.adding(optimization.optimizer, (it) => it.dispose());
    const parts = {
      dataset,
      model: stepModel,
      loss,
      sampler: first!,
      streams,
      auxiliary,
      step,
      metrics: plugins.metrics,
    };
    return { config, ...parts, ...optimization, dispose: () => made.dispose() };
  } catch (error) {
    made.dispose();
    throw error;
  }
}

const disposeModel = ({ parameters }: StepModel): void => parameters.dispose();

function makeLoss(run: RunConfig, plugins: Plugins, { facts }: ModelContext): { named: Named; loss: Loss } {
  if (run.loss === undefined) {
    const known = Object.keys(plugins.losses).sort().join(', ');
    throw misfit(`a loss for ${run.model.name}`, 'none', `name one of ${known}`, 'loss');
  }
  const definition = findPlugin('loss', run.loss.name, plugins.losses);
  const named = resolvePart('loss', run.loss, definition.options);
  return { named, loss: definition.create(optionsOf(named), facts) };
}

/** @throws LosslabError `bad-plugin` where the definition makes a fitted model. */
export function makeStepModel(definition: ModelDefinition, named: Named, context: ModelContext): StepModel {
  const model = definition.create(optionsOf(named), context);
  if (model.kind === 'step') return model;
  throw new LosslabError(
    'bad-plugin',
    `[trainer] expected a model trained by steps, got ${model.name}; say fitted: true`,
    {
      where: 'model',
    },
  );
}

function misfit(expected: string, got: string, remedy: string, where: string): LosslabError {
  return new LosslabError('bad-option', `[trainer] expected ${expected}, got ${got}; ${remedy}`, { where });
}
