import type { Interactions, MetricValues, Ranker, RankingMetric } from '@losslab/core';
import type { Kernels } from '@losslab/kernels';
import { expected } from './errors.ts';
import { checkCutOff } from './ranking/check.ts';
import { rankedUser } from './ranking/hits.ts';
import { type Rankings, rankAll } from './ranking/rank.ts';
import { createMetric, metrics as known, type NamedMetric } from './registry.ts';

/** A metric of this package by name (and options), or one of the caller's own. */
export type MetricChoice = string | NamedMetric | RankingMetric;

export interface EvaluateOptions {
  readonly ranker: Ranker;
  /** Left out of the rankings, as is `valid`. */
  readonly train: Interactions;
  /** Give it when `test` is the test part; leave it out when `test` is the validation part. */
  readonly valid?: Interactions;
  /** The part whose items should be found. */
  readonly test: Interactions;
  /** Cut-offs k, each from 1 to the number of items. Default: 5, 10, 20. */
  readonly at?: readonly number[];
  /** Default: every metric of this package. */
  readonly metrics?: readonly MetricChoice[];
  /** Evaluate these users only. */
  readonly users?: Int32Array;
  readonly kernels?: Kernels;
}

export interface Evaluation {
  /** Means over the evaluated users, by metric and cut-off: `recall@20`. */
  readonly metrics: MetricValues;
  /** The same before taking means, in the order of `users`, for paired tests. */
  readonly values: Readonly<Record<string, Float64Array>>; // [n]
  readonly users: Int32Array; // [n], those with test items
  readonly evaluatedUserCount: number;
  readonly leftOutUserCount: number;
  /** How each metric is computed, by its name without the cut-off. */
  readonly definitions: Readonly<Record<string, string>>;
}

function isMetric(choice: MetricChoice): choice is RankingMetric {
  return typeof choice === 'object' && typeof choice.value === 'function';
}

function chosen(choices: readonly MetricChoice[]): RankingMetric[] {
  const all = choices.map((choice) => (isMetric(choice) ? choice : createMetric(choice)));
  const twice = all.find(({ name }, at) => all.findIndex((other) => other.name === name) < at);
  if (twice === undefined) return all;
  throw expected(
    'bad-option',
    'metrics of different names',
    `${twice.name} twice`,
    'rename one: { ...metric, name }',
    'metrics',
  );
}

/**
 * Ranks every item for every user with test items and takes the means of the metrics. Training and validation items are
 * left out of the rankings, ties go to the smaller item, users without test items are counted and left out of the means.
 * @throws LosslabError before ranking: `bad-option` for a cut-off outside [1, items], `unknown-name` for a metric,
 *   `bad-data` where no user has test items; while ranking: as `rankAll`.
 */
export function evaluate(options: EvaluateOptions): Evaluation {
  const { ranker, train, valid, test, at = [5, 10, 20], users, kernels } = options;
  const all = chosen(options.metrics ?? Object.keys(known));
  for (const k of at) checkCutOff(k, ranker);
  if (at.length === 0) throw expected('bad-option', 'a cut-off', 'none', 'pass at: [20]', 'at');
  const mask = valid === undefined ? [train] : [train, valid];
  const rankings = rankAll({ ranker, mask, test, k: Math.max(...at), users, kernels });
  if (rankings.users.length === 0) {
    throw expected('bad-data', 'a user with test items', 'none', 'evaluate on a part that is not empty', 'test');
  }
  return evaluateRankings(rankings, { at, metrics: all });
}

/** The metrics of rankings that are there already; cut-offs up to their k. */
export function evaluateRankings(
  rankings: Rankings,
  { at, metrics }: { readonly at: readonly number[]; readonly metrics: readonly RankingMetric[] },
): Evaluation {
  const n = rankings.users.length;
  const columns = at.flatMap((k) => metrics.map((metric) => ({ metric, k, values: new Float64Array(n) })));
  for (let row = 0; row < n; row++) {
    const user = rankedUser(rankings, row);
    for (const { metric, k, values } of columns) values[row] = metric.value(user, k);
  }
  const named = columns.map(({ metric, k, values }) => [`${metric.name}@${k}`, values] as const);
  return {
    metrics: Object.fromEntries(named.map(([name, values]) => [name, meanOf(values)])),
    values: Object.fromEntries(named),
    users: rankings.users,
    evaluatedUserCount: n,
    leftOutUserCount: rankings.leftOutUserCount,
    definitions: Object.fromEntries(metrics.map(({ name, definition }) => [name, definition])),
  };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
