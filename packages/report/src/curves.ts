import type { EpochRecord } from '@losslab/core';
import type { Entry } from './entry.ts';
import { type LineChart, type LineSeries, lineChart } from './plot/line-chart.ts';

/** The values of a metric by epoch, of the part that chose the epoch; or of `loss`, or of what the procedure counted. */
export function curvePoints(curve: readonly EpochRecord[], metric: string): { x: number; y: number }[] {
  return curve.flatMap((record) => {
    const y = quantity(record, metric);
    return y === undefined ? [] : [{ x: record.epoch, y }];
  });
}

function quantity({ loss, counts, valid, test }: EpochRecord, name: string): number | undefined {
  if (name === 'loss') return loss;
  return valid?.[name] ?? test?.[name] ?? counts?.[name];
}

/** One line an entry: its first seed's curve. Undefined where no entry has two points of that metric. */
export async function learningCurves(
  entries: readonly Entry[],
  metric: string,
  chart: Partial<LineChart> = {},
): Promise<string | undefined> {
  const series: LineSeries[] = entries.map((entry) => ({
    name: entry.label,
    points: curvePoints(entry.results[0]?.curve ?? [], metric),
  }));
  const drawn = series.filter((s) => s.points.length > 1);
  return drawn.length === 0 ? undefined : lineChart({ xTitle: 'epoch', yTitle: metric, ...chart, series: drawn });
}
