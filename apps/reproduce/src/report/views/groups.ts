import type { Protocol } from '@losslab/core';
import { type Bar, type Block, barChart, formatMetric, type Table } from '@losslab/report';
import { entriesUnder } from '../measured.ts';
import { panelsOf, type ViewContext } from './context.ts';

/** A method's means over seeds, by group. */
interface Row {
  readonly label: string;
  readonly values: readonly { readonly group: string; readonly value: number }[];
}

function rowsOf({ experiment, measured }: ViewContext, metric: string, dataset: string, protocol: Protocol): Row[] {
  const [name, cutOff] = metric.split('@');
  return entriesUnder(experiment, measured, dataset, protocol).map(({ label, results }) => ({
    label,
    values: groupsOf(results[0]!.metrics, name!, cutOff!).map((group) => {
      const values = results.map(({ metrics }) => metrics[`${name}-${group}@${cutOff}`]!);
      return { group, value: values.reduce((a, b) => a + b, 0) / values.length };
    }),
  }));
}

/** A metric by popularity group, 1 the least popular: one chart a data set and protocol. */
export async function groupFigures(context: ViewContext, metric: string): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const { dataset, protocol } of panelsOf(context.measured, context.protocols)) {
    const bars = rowsOf(context, metric, dataset, protocol).flatMap(({ label, values }) =>
      values.map(({ group, value }): Bar => ({ group, series: label, value })),
    );
    if (bars.length === 0) continue;
    const title = `${dataset}, protocol ${protocol}`;
    const svg = await barChart({ title, xTitle: 'popularity group', yTitle: metric, bars, width: 620 });
    const description = `${metric} by popularity group, 1 the least popular, on ${title}.`;
    blocks.push({ kind: 'figure', svg, description, caption: 'Popularity groups, 1 the least popular, 10 the most.' });
  }
  return blocks;
}

/** The numbers of the figure, a column a group. */
export function groupTable(context: ViewContext, metric: string): Table {
  const rows = panelsOf(context.measured, context.protocols).flatMap(({ dataset, protocol }) =>
    rowsOf(context, metric, dataset, protocol).map(({ label, values }) => ({
      head: [dataset, protocol, label],
      values,
    })),
  );
  const groups = rows[0]?.values.map(({ group }) => group) ?? [];
  return {
    columns: [
      ...['data', 'protocol', metric].map((heading) => ({ heading })),
      ...groups.map((heading) => ({ heading, align: 'right' as const })),
    ],
    rows: rows.map(({ head, values }) => [...head, ...values.map(({ value }) => formatMetric(value))]),
  };
}

/** `1`, `2` ... for `group-ndcg-1@20`, `group-ndcg-2@20` ... */
function groupsOf(metrics: Readonly<Record<string, number>>, name: string, cutOff: string): string[] {
  return Object.keys(metrics).flatMap((key) => key.match(new RegExp(`^${name}-(\\d+)@${cutOff}$`))?.[1] ?? []);
}
