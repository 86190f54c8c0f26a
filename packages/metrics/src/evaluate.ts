import {
  type CatalogueMetric,
  type DataFacts,
  dataFacts,
  type Interactions,
  type LabelledCounts,
  type LabelledMetric,
  type LabelledPairs,
  LosslabError,
  type Metric,
  type MetricValues,
  type Ranker,
  type RankingMetric,
  type ScoreMetric,
} from '@losslab/core';
import type { Kernels } from '@losslab/kernels';
import { expected } from './errors.ts';
import { scorePairs } from './labelled/pairs.ts';
import { checkCutOff } from './ranking/check.ts';
import { rankedUser } from './ranking/hits.ts';
import { type Rankings, rankAll } from './ranking/rank.ts';
import { scoredUsers } from './ranking/scored.ts';
import { createMetrics, type MetricDefinitions, type NamedMetric, metrics as ours, usualMetrics } from './registry.ts';

/** A metric by name (and options), or one of the caller's own. */
export type MetricChoice = string | NamedMetric | Metric;

export interface EvaluateOptions {
  readonly ranker: Ranker;
  /** Left out of the rankings, as is `valid`. */
  readonly train: Interactions;
  /** Give it when `test` is the test part; leave it out when `test` is the validation part. */
  readonly valid?: Interactions;
  /** The part whose items should be found. */
  readonly test: Interactions;
  /** The labelled pairs of that part, for metrics of labelled pairs. */
  readonly pairs?: LabelledPairs | undefined;
  /** Cut-offs k, each from 1 to the number of items. Default: 5, 10, 20. */
  readonly at?: readonly number[];
  /** Default: those of accuracy, `usualMetrics`. */
  readonly metrics?: readonly MetricChoice[];
  /** What names mean. Default: the metrics of this package. */
  readonly known?: MetricDefinitions;
  /** Evaluate these users only. */
  readonly users?: Int32Array;
  readonly kernels?: Kernels;
}

export interface Evaluation {
  /** Means over the evaluated users, by metric and cut-off: `recall@20`. One number for metrics of the catalogue. */
  readonly metrics: MetricValues;
  /**
   * Of metrics by user the same before taking means, in the order of `users`, for paired tests; NaN of a metric of labelled pairs
   * where the user does not have both labels.
   */
  readonly values: Readonly<Record<string, Float64Array>>; // [n]
  readonly users: Int32Array; // [n], those with test items; of metrics of labelled pairs alone, those with both labels
  readonly evaluatedUserCount: number;
  readonly leftOutUserCount: number;
  /** Where there are metrics of labelled pairs. */
  readonly labelled?: LabelledCounts;
  /** How each metric is computed, by its name without the cut-off. */
  readonly definitions: Readonly<Record<string, string>>;
}

function isMetric(choice: MetricChoice): choice is Metric {
  return typeof choice === 'object' && typeof choice.definition === 'string';
}

function chosen({ metrics = usualMetrics, train, known = ours }: EvaluateOptions): Metric[] {
  return chosenMetrics(metrics, dataFacts(train), known);
}

/** The metrics that names and objects stand for. @throws LosslabError `bad-option` where two have one name */
export function chosenMetrics(metrics: readonly MetricChoice[], facts: DataFacts, known: MetricDefinitions): Metric[] {
  const all = metrics.flatMap((choice) => (isMetric(choice) ? choice : createMetrics(choice, facts, known)));
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
 *   `missing-data` where there are no labelled pairs for a metric of them, `bad-data` where no user has test items or the labelled
 *   pairs are of one label; while ranking: as `rankAll`; after it: `bad-plugin` for a metric that is no finite number.
 */
export function evaluate(options: EvaluateOptions): Evaluation {
  const { ranker, at = [5, 10, 20] } = options;
  const all = chosen(options);
  for (const k of at) checkCutOff(k, ranker);
  if (at.length === 0) throw expected('bad-option', 'a cut-off', 'none', 'pass at: [20]', 'at');
  const ofPairs = all.filter((metric): metric is LabelledMetric => 'kind' in metric && metric.kind === 'labelled');
  const others = all.filter((metric) => !ofPairs.includes(metric as LabelledMetric)) as ItemMetric[];
  const labelled = ofPairs.length === 0 ? undefined : evaluateLabelled(options, ofPairs, at);
  if (labelled !== undefined && others.length === 0) return labelled;
  const ranked = evaluateItems(options, others, at);
  if (labelled === undefined) return ranked;
  return {
    ...ranked,
    metrics: { ...ranked.metrics, ...labelled.metrics },
    values: { ...ranked.values, ...valuesFor(ranked.users, labelled) },
    labelled: labelled.labelled!,
    definitions: { ...ranked.definitions, ...labelled.definitions },
  };
}

/** The evaluation's values for these users. */
function valuesFor(users: Int32Array, { values, users: measured }: Evaluation): Record<string, Float64Array> {
  const rows = new Map(Array.from(measured, (user, row) => [user, row]));
  const forUsers = (of: Float64Array) => Float64Array.from(users, (user) => of[rows.get(user) ?? -1] ?? Number.NaN);
  return Object.fromEntries(Object.entries(values).map(([name, of]) => [name, forUsers(of)]));
}

type ItemMetric = Exclude<Metric, LabelledMetric>;

/** Metrics over all items. */
function evaluateItems(options: EvaluateOptions, all: readonly ItemMetric[], at: readonly number[]): Evaluation {
  const { ranker, train, valid, test, users, kernels } = options;
  const mask = valid === undefined ? [train] : [train, valid];
  const rankings = rankAll({ ranker, mask, test, k: Math.max(...at), users, kernels });
  if (rankings.users.length === 0) {
    throw expected('bad-data', 'a user with test items', 'none', 'evaluate on a part that is not empty', 'test');
  }
  const ofScores = all.filter((metric): metric is ScoreMetric => 'kind' in metric && metric.kind === 'scores');
  const ofRankings = all.filter((metric) => !ofScores.includes(metric as ScoreMetric)) as RankedMetric[];
  const evaluation = evaluateRankings(rankings, { at, metrics: ofRankings });
  return ofScores.length === 0 ? evaluation : withScores(evaluation, ofScores, { ranker, mask, test });
}

/** Metrics of labelled pairs alone: nothing is ranked but these. Its users are those with pairs of both labels. */
function evaluateLabelled(
  { ranker, pairs }: EvaluateOptions,
  metrics: readonly LabelledMetric[],
  at: readonly number[],
): Evaluation {
  if (pairs === undefined) {
    throw expected(
      'missing-data',
      `labelled pairs for ${metrics[0]!.name}`,
      'none',
      'evaluate on data with labels',
      'pairs',
    );
  }
  const { scored, users, counts } = scorePairs(ranker, pairs);
  const measured = metrics.flatMap((metric) =>
    metric.cutOff ? at.map((k) => ({ metric, k, name: `${metric.name}@${k}` })) : [{ metric, k: 0, name: metric.name }],
  );
  const rows = Array.from(users.keys()).sort((a, b) => users[a]! - users[b]!);
  const values = measured.flatMap(({ metric, k, name }) =>
    metric.value === undefined
      ? []
      : [
          [
            name,
            Float64Array.from(rows, (row) => finite(metric.value!(scored.users[row]!, k), metric, 'value')),
          ] as const,
        ],
  );
  return {
    metrics: Object.fromEntries(
      measured.map(({ metric, k, name }) => [name, finite(metric.total(scored, k), metric, 'total')]),
    ),
    values: Object.fromEntries(values),
    users: users.toSorted(),
    evaluatedUserCount: counts.userCount,
    leftOutUserCount: counts.oneClassUserCount,
    labelled: counts,
    definitions: definitionsOf(metrics),
  };
}

export type RankedMetric = RankingMetric | CatalogueMetric;

const isCatalogue = (metric: RankedMetric): metric is CatalogueMetric =>
  'kind' in metric && metric.kind === 'catalogue';

/** The metrics of rankings that are there already; cut-offs up to their k. */
export function evaluateRankings(
  rankings: Rankings,
  { at, metrics }: { readonly at: readonly number[]; readonly metrics: readonly RankedMetric[] },
): Evaluation {
  const n = rankings.users.length;
  const users = Array.from({ length: n }, (_, row) => rankedUser(rankings, row));
  const values: Record<string, Float64Array> = {};
  const means: Record<string, number> = {};
  for (const k of at) {
    for (const metric of metrics) {
      const name = `${metric.name}@${k}`;
      if (isCatalogue(metric)) means[name] = finite(metric.total(users, k), metric, 'total');
      else {
        values[name] = Float64Array.from(users, (user) => finite(metric.value(user, k), metric, 'value'));
        means[name] = meanOf(values[name]);
      }
    }
  }
  return {
    metrics: means,
    values,
    users: rankings.users,
    evaluatedUserCount: n,
    leftOutUserCount: rankings.leftOutUserCount,
    definitions: definitionsOf(metrics),
  };
}

/** The same evaluation with metrics of scores, which have no cut-off. */
function withScores(
  evaluation: Evaluation,
  metrics: readonly ScoreMetric[],
  source: { readonly ranker: Ranker; readonly mask: readonly Interactions[]; readonly test: Interactions },
): Evaluation {
  const { users } = evaluation;
  const values = Object.fromEntries(metrics.map(({ name }) => [name, new Float64Array(users.length)]));
  let row = 0;
  for (const user of scoredUsers({ ...source, users })) {
    for (const metric of metrics) values[metric.name]![row] = finite(metric.value(user), metric, 'value');
    row++;
  }
  const means = Object.fromEntries(Object.entries(values).map(([name, of]) => [name, meanOf(of)]));
  return {
    ...evaluation,
    metrics: { ...evaluation.metrics, ...means },
    values: { ...evaluation.values, ...values },
    definitions: { ...evaluation.definitions, ...definitionsOf(metrics) },
  };
}

/** @throws LosslabError `bad-plugin` where a metric returns anything but a finite number */
function finite(value: number, { name }: Metric, method: 'value' | 'total'): number {
  if (Number.isFinite(value)) return value;
  const got = typeof value === 'number' ? value : (JSON.stringify(value) ?? typeof value);
  throw new LosslabError(
    'bad-plugin',
    `[metric ${name}] expected ${method} to return a finite number, got ${got}; mend it, or leave the metric out`,
    { where: 'metric' },
  );
}

function definitionsOf(metrics: readonly Metric[]): Record<string, string> {
  return Object.fromEntries(metrics.map(({ name, definition }) => [name, definition]));
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
