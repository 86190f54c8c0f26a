import { type Block, type LineSeries, lineChart } from '@losslab/report';
import type { ExperimentMetric } from '../../experiment.ts';
import { oursUnder } from '../measured.ts';
import { panelsOf, type ViewContext } from './context.ts';

/** Metrics over their cut-offs k, a line a method: one chart a data set, protocol and metric. */
export async function cutOffFigures({ experiment, measured, protocols }: ViewContext): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const { dataset, protocol } of panelsOf(measured, protocols)) {
    const ours = oursUnder(measured, protocol);
    for (const [metric, cutOffs] of cutOffsOf(experiment.metrics)) {
      const series = experiment.methods.map(({ id, label }): LineSeries => {
        const points = cutOffs.flatMap((k) => {
          const measure = ours(dataset, id, `${metric}@${k}`, []);
          return measure === undefined
            ? []
            : [{ x: k, y: measure.mean, ...(measure.count > 1 && { error: measure.sd }) }];
        });
        return { name: label, points };
      });
      const drawn = series.filter(({ points }) => points.length > 0);
      if (drawn.length === 0) continue;
      const title = `${dataset}, protocol ${protocol}`;
      const svg = await lineChart({ title, xTitle: 'k', yTitle: `${metric}@k`, xScale: 'log', series: drawn });
      const names = drawn.map(({ name }) => name).join(', ');
      blocks.push({ kind: 'figure', svg, description: `${metric}@k over k on ${title}: ${names}.` });
    }
  }
  return blocks;
}

/** `f1` with 2, 5, 10 ..., ascending. */
function cutOffsOf(metrics: readonly ExperimentMetric[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { name } of metrics) {
    const [metric, k] = name.split('@');
    if (k !== undefined)
      found.set(
        metric!,
        [...(found.get(metric!) ?? []), Number(k)].sort((a, b) => a - b),
      );
  }
  return found;
}
