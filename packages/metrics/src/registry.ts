import { type DataFacts, type Metric, type MetricDefinition, parseOptions, unknownName } from '@losslab/core';
import { expected } from './errors.ts';
import { auc } from './labelled/auc.ts';
import { gauc } from './labelled/gauc.ts';
import { labelLikelihood } from './labelled/label-likelihood.ts';
import { labelledMrr } from './labelled/labelled-mrr.ts';
import { labelledNdcg } from './labelled/labelled-ndcg.ts';
import { aplt } from './metrics/aplt.ts';
import { coverage } from './metrics/coverage.ts';
import { f1 } from './metrics/f1.ts';
import { gini } from './metrics/gini.ts';
import { groupNdcg } from './metrics/group-ndcg.ts';
import { groupRecall } from './metrics/group-recall.ts';
import { hr } from './metrics/hr.ts';
import { likelihood } from './metrics/likelihood.ts';
import { map } from './metrics/map.ts';
import { mrr } from './metrics/mrr.ts';
import { ndcg } from './metrics/ndcg.ts';
import { precision } from './metrics/precision.ts';
import { recall } from './metrics/recall.ts';

export type MetricDefinitions = Readonly<Record<string, MetricDefinition>>;

/** The metrics of this package, by name. */
export const metrics: MetricDefinitions = {
  recall,
  precision,
  f1,
  ndcg,
  hr,
  mrr,
  map,
  'group-recall': groupRecall,
  'group-ndcg': groupNdcg,
  aplt,
  coverage,
  gini,
  likelihood,
  auc,
  gauc,
  'labelled-ndcg': labelledNdcg,
  'labelled-mrr': labelledMrr,
  'label-likelihood': labelLikelihood,
};

/** Those that are measured where none are named: of accuracy, one number a user. */
export const usualMetrics: readonly string[] = ['recall', 'precision', 'f1', 'ndcg', 'hr', 'mrr', 'map'];

/** Those that are measured besides where the loss wants labels: of the labelled pairs of a part. */
export const usualLabelledMetrics: readonly string[] = [
  'auc',
  'gauc',
  'labelled-ndcg',
  'labelled-mrr',
  'label-likelihood',
];

/** A metric by name, with options beside it: `{ name: 'recall', over: 'min' }`. */
export interface NamedMetric {
  readonly name: string;
  readonly [option: string]: unknown;
}

const noData: DataFacts = {
  userCount: 0,
  itemCount: 0,
  interactionCount: 0,
  userDegrees: new Int32Array(0),
  itemDegrees: new Int32Array(0),
};

/**
 * Makes a metric, or the several of one name, from its name and options.
 * @param facts of the training part; metrics by popularity and of the catalogue need them
 * @throws LosslabError `unknown-name` for a metric or an option that nobody knows, `bad-option` for a value.
 */
export function createMetrics(
  choice: string | NamedMetric,
  facts: DataFacts = noData,
  known: MetricDefinitions = metrics,
): readonly Metric[] {
  const { name, ...options } = typeof choice === 'string' ? { name: choice } : choice;
  const definition = Object.hasOwn(known, name) ? known[name] : undefined;
  if (definition === undefined) throw unknownName('metric', name, Object.keys(known), 'metrics');
  return [definition.create(parseOptions(definition.options, options, `metric ${name}`), facts)].flat();
}

export interface MetricAt {
  readonly name: string;
  /** Absent for metrics without a cut-off. */
  readonly k?: number;
}

/**
 * Reads `recall@20`, or `auc`.
 * @throws LosslabError `unknown-name` for a metric that nobody knows, `bad-option` where the cut-off is missing or none, or
 *   where there should be none.
 * @param where the setting that errors name
 */
export function parseMetricAt(text: string, known: MetricDefinitions = metrics, where = 'metric'): MetricAt {
  const [name = '', cutOff, ...rest] = text.split('@');
  if (!Object.hasOwn(known, name)) throw unknownName('metric', name, Object.keys(known), 'metrics');
  if (known[name]!.cutOff === false) {
    if (cutOff === undefined) return { name };
    throw expected('bad-option', `${name} without a cut-off`, `"${text}"`, `write ${name}`, where);
  }
  if (cutOff === undefined || !/^[1-9]\d*$/.test(cutOff) || rest.length > 0) {
    const example = `${name}@20`;
    throw expected(
      'bad-option',
      `a metric and its cut-off, such as ${example}`,
      `"${text}"`,
      `write ${example}`,
      where,
    );
  }
  return { name, k: Number(cutOff) };
}
