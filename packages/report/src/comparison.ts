import { formatDifference, formatMetric, formatPercent, formatSummary } from './format.ts';
import type { Summary } from './summary.ts';
import type { Cell, Column, Table } from './table.ts';

/** A published number beside ours, which may be several: one a protocol. */
export interface Comparison {
  readonly dataset: string;
  readonly method: string;
  readonly metric: string;
  /** Absent: the paper prints none. */
  readonly published?: number;
  /** By protocol. Absent: not measured; a number that was not measured is never shown as ours. */
  readonly ours: Readonly<Record<string, Summary | undefined>>;
}

/** *published · ours · difference*, a row for every number, the last two once a protocol. */
export function comparisonTable(comparisons: readonly Comparison[], protocols: readonly string[]): Table {
  const suffix = (protocol: string): string => (protocols.length > 1 ? `, ${protocol}` : '');
  return {
    columns: [
      { heading: 'data' },
      { heading: 'method' },
      { heading: 'metric' },
      { heading: 'published', align: 'right' },
      ...protocols.flatMap((protocol): Column[] => [
        { heading: `ours${suffix(protocol)}`, align: 'right' },
        { heading: 'difference', align: 'right' },
      ]),
    ],
    rows: comparisons.map((c) => [
      c.dataset,
      c.method,
      c.metric,
      c.published === undefined ? muted('–') : formatMetric(c.published),
      ...protocols.flatMap((protocol) => measured(c.published, c.ours[protocol])),
    ]),
  };
}

const muted = (text: string): Cell => ({ text, tone: 'muted' });

function measured(published: number | undefined, ours: Summary | undefined): Cell[] {
  if (ours === undefined) return [muted('not run'), ''];
  if (published === undefined) return [formatSummary(ours), ''];
  const difference = Number(ours.mean.toFixed(4)) - published; // to the places that are printed, so that the row adds up
  return [formatSummary(ours), `${formatDifference(difference)} (${formatPercent(difference / published)})`];
}
