import { formatDifference, formatMetric, formatPercent, formatSummary } from './format.ts';
import type { Summary } from './summary.ts';
import type { Cell, Table } from './table.ts';

/** A published number beside ours. */
export interface Comparison {
  readonly dataset: string;
  readonly row: string;
  readonly metric: string;
  readonly protocol: string;
  /** Absent: the paper prints none. */
  readonly published?: number;
  /** Absent: not measured. A number that was not measured is never shown as ours. */
  readonly ours?: Summary;
}

/** *published · ours · difference*, a row for every number. */
export function comparisonTable(comparisons: readonly Comparison[]): Table {
  const seeds = comparisons.some((c) => (c.ours?.count ?? 0) > 1);
  return {
    columns: [
      { heading: 'data' },
      { heading: 'method' },
      { heading: 'metric' },
      { heading: 'protocol' },
      { heading: 'published', align: 'right' },
      { heading: seeds ? 'ours (mean ± sd)' : 'ours', align: 'right' },
      { heading: 'difference', align: 'right' },
      { heading: 'relative', align: 'right' },
    ],
    rows: comparisons.map((c) => [c.dataset, c.row, c.metric, c.protocol, ...numbers(c)]),
  };
}

function numbers({ published, ours }: Comparison): Cell[] {
  const printed: Cell = published === undefined ? { text: '–', tone: 'muted' } : formatMetric(published);
  const measured: Cell = ours === undefined ? { text: 'not run', tone: 'muted' } : formatSummary(ours);
  if (published === undefined || ours === undefined) return [printed, measured, '', ''];
  // To the four places that are printed, so that the row adds up.
  const difference = Number(ours.mean.toFixed(4)) - published;
  return [printed, measured, formatDifference(difference), formatPercent(difference / published)];
}
