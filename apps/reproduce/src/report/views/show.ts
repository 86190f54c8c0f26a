import { comparisonTable } from '@losslab/report';
import { barFigures } from './bars.ts';
import type { Shown, ViewContext } from './context.ts';
import { lineFigures, lineTable } from './lines.ts';

/** Draws an experiment as its view says. */
export async function show(context: ViewContext): Promise<Shown> {
  const { experiment, comparisons, protocols } = context;
  switch (experiment.view.kind) {
    case 'table':
      return {
        heading: 'Published, ours, difference',
        table: comparisonTable(comparisons, protocols),
        figures: await barFigures(comparisons, protocols),
      };
    case 'lines':
      return { heading: 'Figure', table: lineTable(context), figures: await lineFigures(context) };
  }
}
