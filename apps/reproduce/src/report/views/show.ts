import { type Block, comparisonTable, type Table } from '@losslab/report';
import { barFigures } from './bars.ts';
import type { Shown, ViewContext } from './context.ts';
import { curveFigures } from './curves.ts';
import { cutOffFigures } from './cut-offs.ts';
import { foundFigures, foundNames } from './found.ts';
import { gridFigures } from './grid.ts';
import { groupFigures, groupTable } from './groups.ts';
import { lineFigures, lineTable } from './lines.ts';
import { metricFigures, metricTable } from './metrics.ts';
import { densityFigures, histogramFigures, planeFigures, scatterFigures, stepFigures } from './probed.ts';
import { timeFigures, timeTable } from './time.ts';

/** Draws an experiment as its view says. */
export async function show(context: ViewContext): Promise<Shown> {
  const { experiment, comparisons, protocols } = context;
  if (experiment.view.kind === 'table') {
    const table = comparisonTable(comparisons, protocols);
    const figures = await barFigures(comparisons, protocols);
    return { heading: 'Published, ours, difference', table, figures };
  }
  return { heading: 'Figure', table: tableOf(context), figures: await figuresOf(context) };
}

function tableOf(context: ViewContext): Table {
  const { view, axes } = context.experiment;
  if (view.kind === 'groups') return groupTable(context, view.metric);
  if (view.kind === 'time') return timeTable(context);
  if (view.kind === 'found') return lineTable(context, foundNames(context));
  return axes === undefined ? metricTable(context) : lineTable(context);
}

async function figuresOf(context: ViewContext): Promise<readonly Block[]> {
  const { view } = context.experiment;
  switch (view.kind) {
    case 'lines':
      return lineFigures(context);
    case 'cut-offs':
      return cutOffFigures(context);
    case 'time':
      return timeFigures(context);
    case 'grid':
      return gridFigures(context);
    case 'curves':
      return curveFigures(context, view.of);
    case 'groups':
      return groupFigures(context, view.metric);
    case 'metrics':
      return metricFigures(context, view);
    case 'density':
      return densityFigures(context, view);
    case 'found':
      return foundFigures(context, view);
    case 'histogram':
      return histogramFigures(context, view);
    case 'steps':
      return [...(await stepFigures(context, view)), ...(await curveFigures(context, view.of))];
    case 'scatter':
      return scatterFigures(context, view);
    case 'plane':
      return planeFigures(context, view);
    default:
      return [];
  }
}
