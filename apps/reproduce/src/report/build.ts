import type { Protocol } from '@losslab/core';
import {
  type Block,
  type Comparison,
  formatSeconds,
  provenance,
  type Report,
  type Section,
  type Table,
} from '@losslab/report';
import { cellName } from '../cells.ts';
import type { Judgement } from '../claims/judge.ts';
import type { Budget, Experiment } from '../experiment.ts';
import type { Paper } from '../paper.ts';
import type { CellStore } from '../sweep/store.ts';
import type { Outcome } from '../sweep/sweep.ts';
import { judgementsOf } from './judgements.ts';
import { comparisonsOf, type Measured, measuredOf } from './measured.ts';
import { type ResultRow, resultRows } from './rows.ts';
import { claimsSection, contradictionsSection, protocolItems, runSections } from './sections.ts';
import { settingsTable } from './settings-table.ts';
import { significanceSection } from './significance.ts';
import { type DatasetCounts, statisticsTable } from './table-one.ts';
import { tuningSection } from './tuning-section.ts';
import { show } from './views/show.ts';

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
  /** Where the cells are kept. */
  readonly store: Pick<CellStore, 'readProbed' | 'readPerUser'>;
}

export interface BuiltReport {
  readonly report: Report;
  /** *Published · ours · difference* of a table, the numbers of a figure. */
  readonly table: Table;
  readonly comparisons: readonly Comparison[];
  readonly rows: readonly ResultRow[];
  readonly judgements: readonly Judgement[];
  readonly departures: readonly string[];
}

/** Everything that a sweep has to show of one experiment. */
export async function buildReport(summary: SweepSummary): Promise<BuiltReport> {
  const { paper, experiment, budget, protocols, outcomes } = summary;
  const measured = measuredOf(outcomes, experiment);
  const planned = outcomes.map(({ cell }) => cell);
  const comparisons = comparisonsOf(experiment, paper.published, planned, measured, protocols);
  const { readProbed: probed, readPerUser: perUser } = summary.store;
  const context = { experiment, budget, protocols, measured, comparisons, probed, perUser };
  const { heading, table, figures } = await show(context);
  const judgements = judgementsOf(summary, measured);
  const departures = departuresOf(experiment, budget, protocols);
  const sections: Section[] = [
    { heading: 'What was run', blocks: whatWasRun(summary, measured) },
    { heading, blocks: [{ kind: 'table', table }, ...notes(experiment, planned), ...figures] },
    ...(await runSections(experiment, measured, protocols)),
    claimsSection(judgements, budget),
    ...significanceSection(context),
    {
      heading: 'Departures from the paper',
      blocks: [{ kind: 'list', items: departures }, settingsTable(experiment, budget, planned)],
    },
    ...tuningSection(paper, {
      methods: new Set(planned.map(({ method }) => method)),
      datasets: new Set(planned.map(({ dataset }) => dataset)),
      budget,
    }),
    contradictionsSection(paper.contradictions),
    ...statistics(summary),
    { heading: 'Provenance', blocks: provenance(results(measured), summary.command) },
  ];
  const date = results(measured).map(({ finishedAt }) => finishedAt);
  const report: Report = { title: experiment.title, lead: paper.title, sections, date: date.sort().at(-1) ?? '' };
  const rows = resultRows(experiment, paper.published, measured, protocols, probed);
  return { report, table, comparisons, rows, judgements, departures };
}

function results(measured: readonly Measured[]) {
  return [...new Set(measured.map(({ result }) => result))];
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
  const distinct = results(measured);
  const seconds = distinct.reduce((sum, { seconds: s }) => sum + s.train + s.evaluate, 0);
  const names = experiment.metrics.map((metric) => metric.name);
  const best = `${new Intl.ListFormat('en-GB').format(names)} on the test part at the epoch with the best ${names[0]}.`;
  const ownBest = 'Protocol paper reports each metric at its own best epoch on the test part, as the paper does.';
  return [
    {
      kind: 'list',
      items: [
        `${distinct.length} trainings on ${datasets.join(', ')}: every method under ${protocols.length > 1 ? 'both protocols' : 'one protocol'}, seed ${seeds.join(', ')}, budget ${budget}; ${formatSeconds(seconds)} of training and evaluation in all.`,
        ...protocolItems(protocols),
        best,
        ...(experiment.eachMetricAtItsBest && protocols.includes('paper') ? [ownBest] : []),
        ...failed.map(({ cell, error }) => `Failed: ${cellName(cell)}: ${error!.message}`),
        ...(missing > 0 ? [`${missing} trainings were not run or not finished.`] : []),
      ],
    },
  ];
}

function notes({ methods, view }: Experiment, planned: readonly { readonly method: string }[]): Block[] {
  const items = methods
    .filter(({ id, note }) => note !== undefined && planned.some(({ method }) => method === id))
    .map(({ label, row, note }) =>
      typeof row === 'string' && view.kind === 'table'
        ? `${label}: ${note}. Compared with ${row}.`
        : `${label}: ${note}.`,
    );
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

function statistics({ paper, counts }: SweepSummary): Section[] {
  const table = statisticsTable(paper.published, counts);
  if (table.rows.length === 0) return [];
  return [{ heading: 'Data (Table I)', blocks: [{ kind: 'table', table, caption: 'All parts together' }] }];
}
