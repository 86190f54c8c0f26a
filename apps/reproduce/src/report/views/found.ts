import { type Block, type LineSeries, lineChart } from '@losslab/report';
import type { View } from '../../view.ts';
import { foundUnder } from '../measured.ts';
import { panelsOf, type ViewContext } from './context.ts';
import { scaleOf } from './lines.ts';

type FoundView = Extract<View, { kind: 'found' }>;

/** What the probe found over the first axis, means over seeds, a line each: one chart a data set, protocol and method. */
export async function foundFigures(context: ViewContext, { of, title: yTitle }: FoundView): Promise<Block[]> {
  const { experiment, measured, protocols, probed } = context;
  const axis = experiment.axes![0]!;
  const blocks: Block[] = [];
  for (const { dataset, protocol } of panelsOf(measured, protocols)) {
    const found = foundUnder(measured, protocol, probed);
    const xs = [...new Set(measured.map(({ point }) => point[0]!))].sort((a, b) => a - b);
    for (const { id, label } of experiment.methods) {
      const series = of.map(({ list, title }): LineSeries => {
        const points = xs.flatMap((x) => {
          const measure = found(dataset, id, list, [x]);
          return measure === undefined ? [] : [{ x, y: measure.mean, ...(measure.count > 1 && { error: measure.sd }) }];
        });
        return { name: title, points };
      });
      if (series.every(({ points }) => points.length === 0)) continue;
      const title = `${label} on ${dataset}, protocol ${protocol}`;
      const svg = await lineChart({ title, xTitle: axis.title, yTitle, ...scaleOf(axis), series });
      const names = series.map(({ name }) => name).join(', ');
      blocks.push({ kind: 'figure', svg, description: `${yTitle} over ${axis.title}, ${title}: ${names}.` });
    }
  }
  return blocks;
}

/** The metrics, and the lists that the view shows. */
export function foundNames({ experiment: { metrics, view } }: ViewContext): string[] {
  const found = view.kind === 'found' ? view.of.map(({ list }) => list) : [];
  return [...metrics.map(({ name }) => name), ...found];
}
