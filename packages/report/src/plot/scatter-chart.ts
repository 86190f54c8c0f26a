import type { TopLevelSpec } from 'vega-lite';
import type { LineSeries } from './line-chart.ts';
import { renderSvg } from './render.ts';
import { cycle, palette, shapes } from './theme.ts';

export interface ScatterChart {
  readonly title?: string;
  readonly xTitle: string;
  readonly yTitle: string;
  /** Points of one colour and shape each. */
  readonly series: readonly LineSeries[];
  readonly width?: number;
  readonly height?: number;
}

/** Points of several series, with a legend. Points that are not finite are left out. */
export function scatterChart(chart: ScatterChart): Promise<string> {
  const names = chart.series.map(({ name }) => name);
  const values = chart.series.flatMap(({ name, points }) =>
    points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)).map(({ x, y }) => ({ series: name, x, y })),
  );
  const axis = (field: string, title: string) => ({
    field,
    type: 'quantitative' as const,
    title,
    scale: { zero: false },
  });
  return renderSvg({
    ...(chart.title !== undefined && { title: chart.title }),
    width: chart.width ?? 420,
    height: chart.height ?? 360,
    data: { values },
    mark: { type: 'point', filled: true, size: 14, opacity: 0.6 },
    encoding: {
      x: axis('x', chart.xTitle),
      y: axis('y', chart.yTitle),
      color: { field: 'series', type: 'nominal', title: null, scale: { domain: names, range: cycle(palette, names) } },
      shape: { field: 'series', type: 'nominal', title: null, scale: { domain: names, range: cycle(shapes, names) } },
    },
  } as TopLevelSpec);
}
