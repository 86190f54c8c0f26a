import { type Block, learningCurves } from '@losslab/report';
import { entriesUnder } from '../measured.ts';
import { panelsOf, type ViewContext } from './context.ts';

/** Loss or metrics by epoch: one chart a data set, protocol and quantity, the first seed of each line. */
export async function curveFigures(
  { experiment, measured, protocols }: ViewContext,
  quantities: readonly string[],
): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const { dataset, protocol } of panelsOf(measured, protocols)) {
    const entries = entriesUnder(experiment, measured, dataset, protocol);
    const title = `${dataset}, protocol ${protocol}`;
    for (const quantity of quantities) {
      const svg = await learningCurves(entries, quantity, { title, width: 620 });
      const names = entries.map(({ label }) => label).join(', ');
      const description = `${quantity} by epoch on ${title}: ${names}.`;
      if (svg !== undefined) blocks.push({ kind: 'figure', svg, description });
    }
  }
  return blocks;
}
