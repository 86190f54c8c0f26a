import type { RunResult } from '@losslab/core';
import { learningCurves } from './curves.ts';
import { commonMetrics, type Entry, entriesOf, metricSummary } from './entry.ts';
import { formatMetric } from './format.ts';
import type { Block, Report, Section } from './html/blocks.ts';
import { leaderboard } from './leaderboard.ts';
import { barChart } from './plot/bar-chart.ts';
import { protocolSentence, provenance } from './provenance.ts';

export interface RunReportOptions {
  readonly title: string;
  readonly lead?: string;
  /** The command line that made the results. */
  readonly command?: string;
  /** Metrics to show; absent: those that every run has. */
  readonly metrics?: readonly string[];
  /** Names a run in tables and plots; runs with one name are seeds of one entry. Absent: its loss or model. */
  readonly label?: (result: RunResult) => string;
}

/** A report on some runs: what was run, leaderboard, bars, learning curves, provenance. One data set at a time reads best. */
export async function runReport(results: readonly RunResult[], options: RunReportOptions): Promise<Report> {
  const entries = entriesOf(results, options.label);
  const metrics = options.metrics ?? commonMetrics(entries);
  const departures = [...new Set(results.flatMap((result) => result.departures ?? []))];
  const sections: Section[] = [
    { heading: 'What was run', blocks: whatWasRun(results) },
    {
      heading: 'Leaderboard',
      blocks: [{ kind: 'table', table: leaderboard(entries, { metrics }) }, ...(await bars(entries, metrics))],
    },
    ...section('Learning curves', await curves(entries, metrics)),
    ...section('Departures', departures.length === 0 ? [] : [{ kind: 'list', items: departures }]),
    { heading: 'Provenance', blocks: provenance(results, options.command) },
  ];
  return {
    title: options.title,
    ...(options.lead !== undefined && { lead: options.lead }),
    sections,
    date:
      results
        .map((result) => result.finishedAt)
        .sort()
        .at(-1) ?? '',
  };
}

function section(heading: string, blocks: readonly Block[]): Section[] {
  return blocks.length === 0 ? [] : [{ heading, blocks }];
}

function whatWasRun(results: readonly RunResult[]): Block[] {
  const distinct = (text: (result: RunResult) => string): string => [...new Set(results.map(text))].join(', ');
  const items = [
    `Data: ${distinct((r) => r.dataset.name)}.`,
    `Models and losses: ${distinct((r) => (r.loss ? `${r.model.name} + ${r.loss.name}` : r.model.name))}.`,
    ...[...new Set(results.map((r) => r.protocol))].map((protocol) => `Protocol ${protocolSentence(protocol)}.`),
  ];
  const interrupted = results.filter((result) => result.status === 'interrupted').length;
  if (interrupted > 0)
    items.push(`${interrupted} of ${results.length} runs were interrupted: their numbers are not final.`);
  return [{ kind: 'list', items }];
}

/** Grouped bars of the first few metrics over entries. */
async function bars(entries: readonly Entry[], metrics: readonly string[]): Promise<Block[]> {
  const shown = metrics.slice(0, 3);
  if (entries.length < 2 || shown.length === 0) return [];
  const values = entries.flatMap((entry) =>
    shown.map((metric) => {
      const { mean, sd } = metricSummary(entry, metric);
      return { group: entry.label, series: metric, value: mean, error: sd };
    }),
  );
  const svg = await barChart({ yTitle: 'test', bars: values });
  const description = values.map((bar) => `${bar.group} ${bar.series} ${formatMetric(bar.value)}`).join(', ');
  return [{ kind: 'figure', svg, description: `Bars of ${description}.` }];
}

async function curves(entries: readonly Entry[], metrics: readonly string[]): Promise<Block[]> {
  const first = metrics.find((metric) => metric === 'recall@20') ?? metrics[0];
  const blocks: Block[] = [];
  for (const metric of first === undefined ? ['loss'] : [first, 'loss']) {
    const svg = await learningCurves(entries, metric);
    const names = entries.map((entry) => entry.label).join(', ');
    const caption =
      metric === 'loss'
        ? 'Mean training loss by epoch. Losses have scales of their own: compare shapes, not heights.'
        : `${metric} by epoch on the part that chooses the epoch, first seed.`;
    if (svg !== undefined) blocks.push({ kind: 'figure', svg, description: `${metric} by epoch: ${names}.`, caption });
  }
  return blocks;
}
