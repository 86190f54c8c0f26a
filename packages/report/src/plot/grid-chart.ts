import type { TopLevelSpec } from 'vega-lite';
import { renderSvg } from './render.ts';

export interface GridChart {
  readonly title?: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly valueTitle: string;
  readonly cells: readonly { readonly x: number; readonly y: number; readonly value: number }[];
}

const side = 56; // pixels of a cell

/** Values on a grid of two axes, shaded from low to high and written in their cells. */
export function gridChart(chart: GridChart): Promise<string> {
  const count = (of: 'x' | 'y'): number => new Set(chart.cells.map((cell) => cell[of])).size;
  const values = chart.cells.map((cell) => ({ ...cell, text: cell.value.toFixed(4) }));
  const middle = (Math.min(...values.map((v) => v.value)) + Math.max(...values.map((v) => v.value))) / 2;
  return renderSvg({
    ...(chart.title !== undefined && { title: chart.title }),
    width: side * count('x'),
    height: (side * count('y')) / 1.6,
    data: { values },
    encoding: {
      x: { field: 'x', type: 'ordinal', title: chart.xTitle, axis: { labelAngle: 0 } },
      y: { field: 'y', type: 'ordinal', title: chart.yTitle, sort: 'descending' },
    },
    layer: [
      {
        mark: 'rect',
        encoding: {
          color: {
            field: 'value',
            type: 'quantitative',
            title: chart.valueTitle,
            scale: { zero: false, range: ['#d6e4fb', '#1f4f9e'] },
          },
        },
      },
      {
        mark: { type: 'text', fontSize: 11 },
        encoding: {
          text: { field: 'text' },
          color: { condition: { test: `datum.value > ${middle}`, value: '#ffffff' }, value: '#14171c' },
        },
      },
    ],
  } as TopLevelSpec);
}
