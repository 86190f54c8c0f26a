import { type Optimizer, type OptionSchema, type Parameters, parseOptions, unknownName } from '@losslab/core';
import { expected } from '../errors.ts';
import { ParameterSet } from '../parameters/parameter-set.ts';
import { adagradRule } from './adagrad.ts';
import { adamRule, lazyAdamRule } from './adam.ts';
import { GroupedOptimizer } from './grouped-optimizer.ts';
import { adagradOptions, adamOptions, sgdOptions } from './options.ts';
import type { Rule } from './rule.ts';
import { RuleOptimizer } from './rule-optimizer.ts';
import { sgdRule } from './sgd.ts';

export interface OptimizerDefinition {
  readonly name: string;
  readonly summary: string; // one line, for lists
  readonly source: string;
  readonly options: OptionSchema<unknown>;
}

interface Entry extends OptimizerDefinition {
  rule(options: unknown): Rule;
}

function define<Options>(
  name: string,
  schema: OptionSchema<Options>,
  rule: (options: Options) => Rule,
  about: { summary: string; source: string },
): Entry {
  return { name, options: schema, rule: (options) => rule(options as Options), ...about };
}

const ENTRIES: readonly Entry[] = [
  define('adam', adamOptions, adamRule, {
    summary: 'Adam; rows without gradient move too, as in PyTorch',
    source: 'Kingma & Ba 2015',
  }),
  define('lazyAdam', adamOptions, lazyAdamRule, {
    summary: "Adam on the batch's rows only: another optimizer than adam",
    source: "TensorFlow's LazyAdam",
  }),
  define('adagrad', adagradOptions, adagradRule, { summary: 'Adagrad', source: 'Duchi et al. 2011' }),
  define('sgd', sgdOptions, sgdRule, { summary: 'Stochastic gradient descent', source: 'Robbins & Monro 1951' }),
];

export const optimizerDefinitions: readonly OptimizerDefinition[] = ENTRIES;

export const optimizerNames: readonly string[] = ENTRIES.map(({ name }) => name);

/** Settings of one group where they differ from the run's. With another `name`, `options` stand alone. */
export interface GroupOverride {
  readonly name?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

function ruleOf(name: string, options: unknown): Rule {
  const entry = ENTRIES.find((each) => each.name === name);
  if (entry === undefined) throw unknownName('optimizer', name, optimizerNames, 'backend');
  return entry.rule(parseOptions(entry.options, options, `optimizer ${name}`));
}

/**
 * Makes an optimizer over a ParameterSet; one for each group that `overrides` names, by group name.
 * @param options by the optimizer's own schema (`optimizerDefinitions`), e.g. `{ learningRate: 1e-3 }`.
 * @throws LosslabError `unknown-name` or `bad-option`
 */
export function makeOptimizer(
  name: string,
  options: Readonly<Record<string, unknown>>,
  parameters: Parameters,
  overrides: Readonly<Record<string, GroupOverride>> = {},
): Optimizer {
  const { groups } = parameterSet(parameters);
  const stranger = Object.keys(overrides).find((group) => !groups.some((each) => each.name === group));
  if (stranger !== undefined) {
    const names = groups.map((group) => group.name);
    throw unknownName('group of parameters', stranger, names, 'backend');
  }
  const own = groups.filter((group) => overrides[group.name] !== undefined);
  const others = groups.filter((group) => overrides[group.name] === undefined);
  const members = own.map((group) => {
    const override = overrides[group.name]!;
    const foreign = override.name !== undefined && override.name !== name;
    const given = foreign ? (override.options ?? {}) : { ...options, ...override.options };
    return new RuleOptimizer(ruleOf(override.name ?? name, given), [group]);
  });
  const rest = others.length === 0 ? [] : [new RuleOptimizer(ruleOf(name, options), others)];
  const all = [...rest, ...members];
  return all.length === 1 ? all[0]! : new GroupedOptimizer(all);
}

function parameterSet(parameters: Parameters): ParameterSet {
  if (parameters instanceof ParameterSet) return parameters;
  throw expected('a ParameterSet', 'other parameters', 'build the model on ParameterSet', { code: 'bad-plugin' });
}
