import { type Bar, type Block, barChart, formatSummary, type Table } from '@losslab/report';
import type { View } from '../../view.ts';
import { distinctPoints, labelAt, oursUnder } from '../measured.ts';
import { panelsOf, type ViewContext } from './context.ts';

/** Metrics of one scale side by side, bars for methods (and points): one chart a data set and protocol. */
export async function metricFigures(
  { experiment, measured, protocols }: ViewContext,
  { of, title: yTitle }: Extract<View, { kind: 'metrics' }>,
): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const { dataset, protocol } of panelsOf(measured, protocols)) {
    const ours = oursUnder(measured, protocol);
    const bars = of.flatMap((metric) =>
      experiment.methods.flatMap((method) =>
        distinctPoints(measured).flatMap((point): Bar[] => {
          const measure = ours(dataset, method.id, metric, point);
          if (measure === undefined) return [];
          const error = measure.count > 1 && { error: measure.sd };
          return [{ group: metric, series: labelAt(experiment, method, point), value: measure.mean, ...error }];
        }),
      ),
    );
    if (bars.length === 0) continue;
    const title = `${dataset}, protocol ${protocol}`;
    const svg = await barChart({ title, yTitle, bars, width: 620 });
    blocks.push({ kind: 'figure', svg, description: `${of.join(', ')} on ${title}.` });
  }
  return blocks;
}

/** The numbers of an experiment without axes: a row a data set, protocol and method, a column a metric. */
export function metricTable({ experiment, measured, protocols }: ViewContext): Table {
  const metrics = experiment.metrics.map(({ name }) => name);
  const rows = panelsOf(measured, protocols).flatMap(({ dataset, protocol }) => {
    const ours = oursUnder(measured, protocol);
    const present = experiment.methods.filter(({ id }) => measured.some(({ method }) => method === id));
    return present.map(({ id, label }) => {
      const values = metrics.map((metric) => ours(dataset, id, metric, []));
      return [dataset, protocol, label, ...values.map((value) => (value ? formatSummary(value) : '–'))];
    });
  });
  return {
    columns: [
      ...['data', 'protocol', 'method'].map((heading) => ({ heading })),
      ...metrics.map((heading) => ({ heading, align: 'right' as const })),
    ],
    rows,
  };
}
