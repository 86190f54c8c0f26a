import { type Block, formatNumber, formatSummary, type LineSeries, lineChart, type Table } from '@losslab/report';
import { type Axis, type Point, samePoint } from '../../axis.ts';
import type { Experiment } from '../../experiment.ts';
import { anyUnder, type Measured, oursUnder } from '../measured.ts';
import { panelsOf, type ViewContext } from './context.ts';

/** A line of a figure: a method, at one value of the second axis where there is one. */
interface Line {
  readonly name: string;
  readonly method: string;
  readonly points: readonly Point[];
}

/** Each metric over the first axis: one chart a data set, protocol and metric. */
export async function lineFigures({ experiment, measured, protocols }: ViewContext): Promise<Block[]> {
  const axis = experiment.axes![0]!;
  const blocks: Block[] = [];
  for (const { dataset, protocol } of panelsOf(measured, protocols)) {
    const ours = oursUnder(measured, protocol);
    for (const { name: metric } of experiment.metrics) {
      const series = linesOf(experiment, measured, dataset).map(({ name, method, points }): LineSeries => {
        const measures = points.map((point) => ({ x: point[0]!, measure: ours(dataset, method, metric, point) }));
        return {
          name,
          points: measures.flatMap(({ x, measure }) =>
            measure === undefined ? [] : [{ x, y: measure.mean, ...(measure.count > 1 && { error: measure.sd }) }],
          ),
        };
      });
      const drawn = series.filter(({ points }) => points.length > 0);
      if (drawn.length === 0) continue;
      const caption = `${dataset}, protocol ${protocol}`;
      const svg = await lineChart({
        title: caption,
        xTitle: axis.title,
        yTitle: metric,
        ...scaleOf(axis),
        series: drawn,
      });
      const description = `${metric} over ${axis.title} on ${caption}: ${drawn.map(({ name }) => name).join(', ')}.`;
      blocks.push({ kind: 'figure', svg, description });
    }
  }
  return blocks;
}

export function scaleOf({ scale }: Axis): { xScale: 'log' } | object {
  return scale === 'log' ? { xScale: 'log' as const } : {};
}

/** The numbers of the figure, a row a line and metric (or name of what a probe found), a column a value of the first axis. */
export function lineTable(
  { experiment, measured, protocols, probed }: ViewContext,
  names: readonly string[] = experiment.metrics.map(({ name }) => name),
): Table {
  const xs = [...new Set(measured.map(({ point }) => point[0]!))].sort((a, b) => a - b);
  const rows = panelsOf(measured, protocols).flatMap(({ dataset, protocol }) => {
    const ours = anyUnder(measured, protocol, probed);
    return names.flatMap((metric) =>
      linesOf(experiment, measured, dataset).map(({ name, method, points }) => [
        dataset,
        protocol,
        metric,
        name,
        ...xs.map((x) => {
          const point = points.find(([first]) => first === x);
          const measure = point && ours(dataset, method, metric, point);
          return measure === undefined ? '–' : formatSummary(measure);
        }),
      ]),
    );
  });
  const headings = ['data', 'protocol', 'metric', experiment.axes![0]!.title];
  return {
    columns: [
      ...headings.map((heading) => ({ heading })),
      ...xs.map((x) => ({ heading: formatNumber(x), align: 'right' as const })),
    ],
    rows,
  };
}

function linesOf({ axes = [], methods }: Experiment, all: readonly Measured[], dataset: string): Line[] {
  const measured = all.filter((m) => m.dataset === dataset);
  const points = measured.map(({ point }) => point);
  const rests = points
    .map(([, ...rest]) => rest)
    .filter((rest, k, all) => all.findIndex((r) => samePoint(r, rest)) === k);
  const xs = [...new Set(points.map(([x]) => x!))].sort((a, b) => a - b);
  const present = methods.filter(({ id }) => measured.some(({ method }) => method === id));
  return present.flatMap(({ id, label }) =>
    rests.map((rest) => {
      const second = rest.map((value, k) => `${axes[k + 1]!.symbol} ${formatNumber(value)}`);
      const name = present.length > 1 || second.length === 0 ? [label, ...second].join(', ') : second.join(', ');
      return { name, method: id, points: xs.map((x) => [x, ...rest]) };
    }),
  );
}
