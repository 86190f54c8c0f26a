import type { TopLevelSpec } from 'vega-lite';
import { renderSvg } from './render.ts';
import { cycle, dashes, palette, shapes } from './theme.ts';

export interface LineSeries {
  readonly name: string;
  readonly points: readonly LinePoint[];
}

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** Half the length of the error bar. */
  readonly error?: number;
}

export interface LineChart {
  readonly title?: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly series: readonly LineSeries[];
  /** Of the x axis; linear where absent. */
  readonly xScale?: 'linear' | 'log';
  /** Whether the y axis begins at 0, else near the least value. */
  readonly fromZero?: boolean;
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
      low: point.error ? point.y - point.error : null,
      high: point.error ? point.y + point.error : null,
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
        scale: { type: chart.xScale ?? 'linear', nice: false, zero: false },
        axis: axisOf(chart),
      },
      y: { field: 'y', type: 'quantitative', title: chart.yTitle, scale: { zero: chart.fromZero ?? false } },
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
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', strokeWidth: 1.5 },
        encoding: { y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
      },
    ],
  } as unknown as TopLevelSpec);
}

/** Whole numbers, such as epochs, get no ticks between them; a logarithmic axis has its ticks at the points. */
function axisOf({ series, xScale }: LineChart): object {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  if (xScale === 'log') return { values: xs };
  return { tickCount: 10, ...(xs.every(Number.isInteger) && { tickMinStep: 1 }) };
}

function isMarked(k: number, count: number): boolean {
  const every = Math.ceil(count / markedPoints);
  return k === count - 1 || k % every === 0;
}
