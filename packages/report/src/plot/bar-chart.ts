import type { TopLevelSpec } from 'vega-lite';
import { renderSvg } from './render.ts';
import { palette } from './theme.ts';

export interface Bar {
  readonly group: string; // along the x axis
  readonly series: string; // side by side within a group
  readonly value: number;
  /** Half the length of the error bar. */
  readonly error?: number;
}

export interface BarChart {
  readonly title?: string;
  /** Of the groups; none where absent. */
  readonly xTitle?: string;
  readonly yTitle: string;
  readonly bars: readonly Bar[];
  readonly width?: number;
  readonly height?: number;
}

const characterWidth = 7; // at 12 px, generously

/** Labels at spaces on lines of their own, where the longest is wider than a group. */
function wrapping(groups: readonly string[], width: number): string {
  const longest = Math.max(...groups.map((group) => group.length));
  return longest * characterWidth * groups.length > width ? "split(datum.label, ' ')" : 'datum.label';
}

/** Grouped bars from zero, in the order in which groups and series first appear, with a legend. */
export function barChart(chart: BarChart): Promise<string> {
  const groups = [...new Set(chart.bars.map((bar) => bar.group))];
  const series = [...new Set(chart.bars.map((bar) => bar.series))];
  const values = chart.bars
    .filter((bar) => Number.isFinite(bar.value))
    .map((bar) => ({
      ...bar,
      low: bar.error ? bar.value - bar.error : null,
      high: bar.error ? bar.value + bar.error : null,
    }));
  const position = {
    x: {
      field: 'group',
      type: 'nominal',
      title: chart.xTitle ?? null,
      sort: groups,
      scale: { domain: groups },
      axis: { labelAngle: 0, labelExpr: wrapping(groups, chart.width ?? 560) },
    },
    xOffset: { field: 'series', type: 'nominal', sort: series, scale: { domain: series } },
  };
  return renderSvg({
    ...(chart.title !== undefined && { title: chart.title }),
    width: chart.width ?? 560,
    height: chart.height ?? 260,
    data: { values },
    encoding: position,
    layer: [
      {
        mark: { type: 'bar' },
        encoding: {
          y: { field: 'value', type: 'quantitative', title: chart.yTitle },
          color: {
            field: 'series',
            type: 'nominal',
            title: null,
            scale: { domain: series, range: series.map((_, k) => palette[k % palette.length]!) },
          },
        },
      },
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', color: 'currentColor', strokeWidth: 1.5 },
        encoding: { y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
      },
    ],
  } as unknown as TopLevelSpec);
}
