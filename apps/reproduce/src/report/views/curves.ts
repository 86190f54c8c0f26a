import { type Block, curvePoints, type Entry, type LineSeries, lineChart, summarise } from '@losslab/report';
import { pointName } from '../../axis.ts';
import { distinctPoints, entriesUnder } from '../measured.ts';
import { panelsOf, type ViewContext } from './context.ts';

/** Loss or metrics by epoch, mean ± sd over seeds: one chart a data set, protocol, point and quantity, a line a method. */
export async function curveFigures(context: ViewContext, quantities: readonly string[]): Promise<Block[]> {
  const { experiment, measured, protocols } = context;
  const blocks: Block[] = [];
  for (const { dataset, protocol } of panelsOf(measured, protocols)) {
    for (const point of distinctPoints(measured)) {
      const here = measured.filter((m) => m.point.join() === point.join());
      const entries = entriesUnder({ ...experiment, axes: [] }, here, dataset, protocol);
      const at =
        point.length === 0 ? '' : `, ${experiment.axes!.map(({ symbol }) => symbol).join(' and ')} ${pointName(point)}`;
      const title = `${dataset}, protocol ${protocol}${at}`;
      for (const quantity of quantities) {
        const series = entries.map((entry) => lineOf(entry, quantity)).filter(({ points }) => points.length > 1);
        if (series.length === 0) continue;
        const svg = await lineChart({ title, xTitle: 'epoch', yTitle: quantity, width: 620, series });
        const names = series.map(({ name }) => name).join(', ');
        blocks.push({ kind: 'figure', svg, description: `${quantity} by epoch on ${title}: ${names}.` });
      }
    }
  }
  return blocks;
}

/** Epochs that every seed was evaluated at. */
function lineOf({ label, results }: Entry, quantity: string): LineSeries {
  const [first = [], ...others] = results.map(({ curve }) => curvePoints(curve, quantity));
  const points = first.flatMap(({ x, y }) => {
    const values = [y, ...others.flatMap((points) => points.find((point) => point.x === x)?.y ?? [])];
    if (values.length < results.length) return [];
    const { mean, sd, count } = summarise(values);
    return [{ x, y: mean, ...(count > 1 && { error: sd }) }];
  });
  return { name: label, points };
}
