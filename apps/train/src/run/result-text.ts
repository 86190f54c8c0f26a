import type { MetricValues, RunResult } from '@losslab/core';
import { formatBytes, formatCount, formatMetric, formatSeconds, formatTextTable, type Table } from '@losslab/report';
import type { SeedsResult } from '@losslab/trainer';

/** Metrics down, cut-offs across; those without a cut-off in a column of their own. */
export function metricTable(
  metrics: MetricValues,
  show: (name: string) => string = (name) => formatMetric(metrics[name]!),
  part = 'test',
): Table {
  const keys = Object.keys(metrics).map((key) => key.split('@'));
  const rows = [...new Set(keys.map(([name]) => name!))];
  const cutOffs = [...new Set(keys.map(([, k]) => (k === undefined ? '' : `@${k}`)))];
  cutOffs.sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
  return {
    columns: [{ heading: part }, ...cutOffs.map((k) => ({ heading: k || 'overall', align: 'right' as const }))],
    rows: rows.map((name) => [
      name,
      ...cutOffs.map((k) => (metrics[`${name}${k}`] === undefined ? '–' : show(`${name}${k}`))),
    ]),
  };
}

/** What a finished run has to show. */
export function resultText(result: RunResult): string {
  return [heading(result), '', formatTextTable(metricTable(result.metrics)), '', facts(result)].join('\n');
}

/** The same for several seeds: mean ± sample standard deviation. */
export function seedsText({ runs, mean, sd }: SeedsResult): string {
  const [first] = runs;
  if (first === undefined) return 'no run was finished';
  const table = metricTable(mean, (name) => `${formatMetric(mean[name]!)} ± ${formatMetric(sd[name]!)}`);
  const seeds = `Mean ± standard deviation over seeds ${runs.map(({ seed }) => seed).join(', ')}.`;
  return [heading(first, false), '', formatTextTable(table), '', seeds].join('\n');
}

function heading({ model, loss, dataset, protocol, seed }: RunResult, withSeed = true): string {
  const method = loss === undefined ? model.name : `${model.name} with ${loss.name}`;
  const { users, items, train, valid, test } = dataset.statistics;
  const size = `${formatCount(users)} users, ${formatCount(items)} items, ${[train, valid, test].map(formatCount).join(' / ')} interactions`;
  return `${method} on ${dataset.name} (${size}), protocol ${protocol}${withSeed ? `, seed ${seed}` : ''}`;
}

function facts(result: RunResult): string {
  const {
    epochs,
    bestEpoch,
    seconds,
    millisecondsPerStep,
    engine,
    peakMemoryBytes,
    evaluatedUserCount,
    leftOutUserCount,
  } = result;
  const trained = epochs > 0 ? [`epoch ${bestEpoch} of ${epochs}`] : [];
  const step = millisecondsPerStep === undefined ? [] : [`${millisecondsPerStep.toFixed(1)} ms a step`];
  const left = leftOutUserCount > 0 ? `, ${formatCount(leftOutUserCount)} without test items left out` : '';
  return [
    [
      ...trained,
      `${formatSeconds(seconds.train)} training`,
      ...step,
      `${formatSeconds(seconds.evaluate)} evaluating`,
    ].join(', '),
    `${formatCount(evaluatedUserCount)} users evaluated${left}`,
    `engine ${engine.name}${engine.build ? ` (${engine.build})` : ''}, threads ${engine.threads}, ${formatBytes(peakMemoryBytes)} at most`,
  ].join('\n');
}
