import { type Block, gridChart } from '@losslab/report';
import { distinctPoints, oursUnder } from '../measured.ts';
import { panelsOf, type ViewContext } from './context.ts';

/** Each metric over both axes: one shaded grid a data set, protocol, metric and method. */
export async function gridFigures({ experiment, measured, protocols }: ViewContext): Promise<Block[]> {
  const [across, up] = experiment.axes!;
  const blocks: Block[] = [];
  for (const { dataset, protocol } of panelsOf(measured, protocols)) {
    const ours = oursUnder(measured, protocol);
    for (const { name: metric } of experiment.metrics) {
      for (const { id, label } of experiment.methods) {
        const cells = distinctPoints(measured).flatMap((point) => {
          const measure = ours(dataset, id, metric, point);
          return measure === undefined ? [] : [{ x: point[0]!, y: point[1]!, value: measure.mean }];
        });
        if (cells.length === 0) continue;
        const title = `${label} on ${dataset}, protocol ${protocol}`;
        const svg = await gridChart({ title, xTitle: across!.title, yTitle: up!.title, valueTitle: metric, cells });
        const description = `${metric} of ${title}, over ${across!.title} and ${up!.title}.`;
        blocks.push({ kind: 'figure', svg, description });
      }
    }
  }
  return blocks;
}
