import type { TopLevelSpec } from 'vega-lite';
import { renderSvg } from './render.ts';
import { dashes, palette, shapes } from './theme.ts';

export interface LineSeries {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface LineChart {
  readonly title?: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly series: readonly LineSeries[];
  readonly width?: number; // pixels of the plot without its axes
  readonly height?: number;
}

const markedPoints = 12; // with more points than this to a series, only every few get a mark

/** Lines of several series over a common x, with a legend. Points that are not finite are gaps. */
export function lineChart(chart: LineChart): Promise<string> {
  const series = chart.series.map((s) => s.name);
  const values = chart.series.flatMap((s) =>
    s.points.map((point, k) => ({
      series: s.name,
      x: point.x,
      y: Number.isFinite(point.y) ? point.y : null,
      marked: isMarked(k, s.points.length),
    })),
  );
  return renderSvg({
    ...(chart.title !== undefined && { title: chart.title }),
    width: chart.width ?? 560,
    height: chart.height ?? 260,
    data: { values },
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative',
        title: chart.xTitle,
        scale: { nice: false, zero: false },
        axis: { tickMinStep: 1, tickCount: 10 },
      },
      y: { field: 'y', type: 'quantitative', title: chart.yTitle, scale: { zero: false } },
      color: {
        field: 'series',
        type: 'nominal',
        title: null,
        scale: { domain: series, range: cycle(palette, series) },
      },
    },
    layer: [
      {
        mark: { type: 'line', strokeWidth: 2 },
        encoding: {
          strokeDash: {
            field: 'series',
            type: 'nominal',
            title: null,
            scale: { domain: series, range: cycle(dashes, series).map((dash) => [...dash]) },
          },
        },
      },
      {
        transform: [{ filter: 'datum.marked' }],
        mark: { type: 'point', filled: true, size: 45, opacity: 1 },
        encoding: {
          shape: {
            field: 'series',
            type: 'nominal',
            title: null,
            scale: { domain: series, range: cycle(shapes, series) },
          },
        },
      },
    ],
  } as TopLevelSpec);
}

function isMarked(k: number, count: number): boolean {
  const every = Math.ceil(count / markedPoints);
  return k === count - 1 || k % every === 0;
}

function cycle<T>(values: readonly T[], names: readonly string[]): T[] {
  return names.map((_, k) => values[k % values.length]!);
}
