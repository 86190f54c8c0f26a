import {
  type ColumnRange,
  type Dataset,
  knownKeys,
  type Loss,
  LosslabError,
  type LossNeeds,
  type OptionSchema,
  parseOptions,
} from '@losslab/core';
import { createMetrics, type MetricDefinitions, parseMetricAt } from '@losslab/metrics';
import type { Named, RunConfig } from './config.ts';
import { labelledPart } from './labels.ts';
import { findPlugin } from './plugins.ts';

/** The options of a part, checked and filled in, behind its name. */
export function resolvePart(what: string, { name, ...options }: Named, schema: OptionSchema<unknown>): Named {
  return { name, ...(parseOptions(schema, options, `${what} ${name}`) as object) };
}

/** Options without the name. */
export function optionsOf({ name: _, ...options }: Named): Record<string, unknown> {
  return options;
}

/** Takes the loss's similarity where the model has that option and the run does not set it. */
export function withSimilarity(model: Named, schema: OptionSchema<unknown>, needs: LossNeeds | undefined): Named {
  const isOption = knownKeys(schema)?.includes('similarity');
  if (needs === undefined || !isOption || model.similarity !== undefined) return model;
  return { ...model, similarity: needs.similarity };
}

/**
 * M and N: as the run says, or as the loss usually takes them.
 * @throws LosslabError `bad-option` where the loss cannot use that many.
 */
export function resolveColumns(config: RunConfig, { name, needs }: Loss): Pick<RunConfig, 'positives' | 'negatives'> {
  const positives = config.positives ?? needs.positives.usual;
  const negatives = config.sampler?.name === 'in-batch' ? 'in-batch' : (config.negatives ?? needs.negatives.usual);
  checkColumns('positives', positives, needs.positives, name);
  if (negatives !== 'in-batch') checkColumns('negatives', negatives, needs.negatives, name);
  else if (!needs.inBatch) throw misfit('negatives', `sampled negatives for ${name}`, 'in-batch', 'give a number');
  return { positives, negatives };
}

function checkColumns(
  what: string,
  count: number,
  { least, most = Infinity, source }: ColumnRange,
  loss: string,
): void {
  if (count >= least && count <= most) return;
  const range = most === Infinity ? `at least ${least}` : least === most ? `${least}` : `${least} to ${most}`;
  const by = source === undefined ? loss : `${loss} (${source})`;
  throw misfit(what, `${range} ${what} a row for ${by}`, `${count}`, `set ${what}`);
}

export interface EvaluationSurroundings {
  readonly dataset: Dataset;
  readonly metrics: MetricDefinitions;
  readonly isFitted: boolean;
}

/**
 * Metrics with their options filled in and cut-offs in ascending order, with what training stops on among them.
 * @throws LosslabError `unknown-name` for a metric, `bad-option` for its options or a cut-off beyond the catalogue,
 *   `missing-data` for data without a test part, without the validation part that chooses the epoch, or without labelled pairs
 *   for a metric of them; `bad-data` where those are of one label.
 */
export function resolveEvaluation(config: RunConfig, surroundings: EvaluationSurroundings): RunConfig {
  const { dataset, metrics, isFitted } = surroundings;
  const stops = config.evaluateEvery > 0 && !isFitted;
  const stop = parseMetricAt(config.stopOn, metrics, 'stopOn');
  const isMissing = stops && config.metrics.every(({ name }) => name !== stop.name);
  const chosen = isMissing ? [...config.metrics, { name: stop.name }] : config.metrics;
  const at = [...new Set([...config.at, ...(stops && stop.k !== undefined ? [stop.k] : [])])].sort((a, b) => a - b);
  const { itemCount } = dataset.train;
  if (at.at(-1)! > itemCount) {
    throw misfit(
      'at',
      `cut-offs up to the ${itemCount} items of ${dataset.name}`,
      `${at.at(-1)}`,
      'lower at or stopOn',
    );
  }
  const choosesOnValid = stops && config.protocol === 'clean';
  checkParts(dataset, choosesOnValid);
  const resolved = chosen.map((named) =>
    resolvePart('metric', named, findPlugin('metric', named.name, metrics).options),
  );
  const ofLabels = resolved.find((named) => isLabelled(named, metrics));
  if (ofLabels !== undefined) {
    for (const part of choosesOnValid ? (['valid', 'test'] as const) : (['test'] as const)) {
      labelledPart(dataset, part, `metric ${ofLabels.name}`);
    }
  }
  return { ...config, at, metrics: resolved };
}

function isLabelled({ name, ...options }: Named, known: MetricDefinitions): boolean {
  return createMetrics({ name, ...options }, undefined, known).some(
    (metric) => 'kind' in metric && metric.kind === 'labelled',
  );
}

function checkParts({ name, valid, test }: Dataset, needsValid: boolean): void {
  const missing = (part: string, remedy: string) =>
    new LosslabError(
      'missing-data',
      `[trainer] expected a ${part} part that is not empty in ${name}, got none; ${remedy}`,
      {
        where: 'data',
      },
    );
  if (test.indices.length === 0) throw missing('test', 'split it');
  if (needsValid && !valid?.indices.length) throw missing('validation', 'carve one out, or set evaluateEvery to 0');
}

function misfit(where: string, expected: string, got: string, remedy: string): LosslabError {
  return new LosslabError('bad-option', `[trainer] expected ${expected}, got ${got}; ${remedy}`, { where });
}
