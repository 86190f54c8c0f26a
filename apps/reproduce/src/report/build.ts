import type { Protocol } from '@losslab/core';
import {
  type Block,
  type Comparison,
  comparisonTable,
  formatSeconds,
  provenance,
  type Report,
  type Section,
  type Table,
} from '@losslab/report';
import { cellName } from '../cells.ts';
import { type Judgement, judge } from '../claims.ts';
import type { Budget, Experiment } from '../experiment.ts';
import type { Paper } from '../paper.ts';
import type { Outcome } from '../sweep/sweep.ts';
import { comparisonsOf, type Measured, measuredOf, oursUnder } from './measured.ts';
import { barFigures, claimsSection, contradictionsSection, protocolItems, runSections } from './sections.ts';
import { settingsTable } from './settings-table.ts';
import { type DatasetCounts, statisticsTable } from './table-one.ts';

export interface SweepSummary {
  readonly paper: Paper;
  readonly experiment: Experiment;
  readonly budget: Budget;
  readonly protocols: readonly Protocol[];
  readonly seeds: readonly number[];
  readonly outcomes: readonly Outcome[];
  /** The paper's data sets among those of the sweep. */
  readonly counts: readonly DatasetCounts[];
  readonly command: string;
}

export interface BuiltReport {
  readonly report: Report;
  /** *published · ours · difference*. */
  readonly table: Table;
  readonly comparisons: readonly Comparison[];
  readonly judgements: readonly Judgement[];
  readonly departures: readonly string[];
}

/** Everything that a sweep has to show. */
export async function buildReport(summary: SweepSummary): Promise<BuiltReport> {
  const { paper, experiment, budget, protocols, outcomes } = summary;
  const measured = measuredOf(outcomes);
  const planned = outcomes.map(({ cell }) => cell);
  const comparisons = comparisonsOf(experiment, paper.published, planned, measured, protocols);
  const table = comparisonTable(comparisons, protocols);
  const judgements = judgementsOf(summary, measured);
  const departures = departuresOf(experiment, budget, protocols);
  const sections: Section[] = [
    { heading: 'What was run', blocks: whatWasRun(summary, measured) },
    {
      heading: 'Published, ours, difference',
      blocks: [
        { kind: 'table', table },
        ...notes(experiment, planned),
        ...(await barFigures(comparisons, protocols, shortLabel)),
      ],
    },
    ...(await runSections(experiment, measured, protocols)),
    claimsSection(judgements, budget),
    {
      heading: 'Departures from the paper',
      blocks: [{ kind: 'list', items: departures }, settingsTable(experiment, budget, planned)],
    },
    contradictionsSection(paper.contradictions),
    ...statistics(summary),
    {
      heading: 'Provenance',
      blocks: provenance(
        measured.map((m) => m.result),
        summary.command,
      ),
    },
  ];
  const report: Report = {
    title: `${experiment.title}`,
    lead: paper.title,
    sections,
    date:
      measured
        .map((m) => m.result.finishedAt)
        .sort()
        .at(-1) ?? '',
  };
  return { report, table, comparisons, judgements, departures };
}

/** Every claim on every data set of the sweep that it is about. */
function judgementsOf(summary: SweepSummary, measured: readonly Measured[]): Judgement[] {
  const { paper, experiment, budget, protocols } = summary;
  const metrics = experiment.metrics.map((metric) => metric.name);
  const run = new Set(summary.outcomes.map(({ cell }) => cell.dataset));
  if (budget === 'smoke') return []; // decides nothing
  return paper.claims.flatMap((claim) =>
    claim.datasets
      .filter((dataset) => run.has(dataset))
      .flatMap((dataset) =>
        protocols.map((protocol) => judge(claim, dataset, protocol, metrics, oursUnder(measured, protocol))),
      ),
  );
}

export function departuresOf(experiment: Experiment, budget: Budget, protocols: readonly Protocol[]): string[] {
  return experiment.departures
    .filter((d) => d.budgets?.includes(budget) ?? true)
    .filter((d) => d.protocols?.some((protocol) => protocols.includes(protocol)) ?? true)
    .map((d) => d.text);
}

function whatWasRun(
  { experiment, budget, protocols, seeds, outcomes }: SweepSummary,
  measured: readonly Measured[],
): Block[] {
  const datasets = [...new Set(outcomes.map(({ cell }) => cell.dataset))];
  const failed = outcomes.filter(({ error }) => error !== undefined);
  const missing = outcomes.length - measured.length - failed.length;
  const seconds = measured.reduce((sum, { result }) => sum + result.seconds.train + result.seconds.evaluate, 0);
  return [
    {
      kind: 'list',
      items: [
        `${measured.length} trainings on ${datasets.join(', ')}: every method under ${protocols.length > 1 ? 'both protocols' : 'one protocol'}, seed ${seeds.join(', ')}, budget ${budget}; ${formatSeconds(seconds)} of training and evaluation in all.`,
        ...protocolItems(protocols),
        `${experiment.metrics.map((metric) => metric.name).join(' and ')} on the test part at the epoch with the best ${experiment.metrics[0]!.name}.`,
        ...failed.map(({ cell, error }) => `Failed: ${cellName(cell)}: ${error!.message}`),
        ...(missing > 0 ? [`${missing} trainings were not run or not finished.`] : []),
      ],
    },
  ];
}

function notes(experiment: Experiment, planned: readonly { readonly method: string }[]): Block[] {
  const items = experiment.methods
    .filter(({ id, note }) => note !== undefined && planned.some(({ method }) => method === id))
    .map(({ label, row, note }) => `${label}: ${note}. Compared with ${row}.`);
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/** `MF + BSL (eq. 18)` without the model that all share. */
const shortLabel = (label: string): string => label.replace(/^MF \+ /, '');

function statistics({ paper, counts }: SweepSummary): Section[] {
  if (counts.length === 0) return [];
  const table = statisticsTable(paper.published, counts);
  return [{ heading: 'Data (Table I)', blocks: [{ kind: 'table', table, caption: 'All parts together' }] }];
}
