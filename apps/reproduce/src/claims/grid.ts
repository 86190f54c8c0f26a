import { type Point, samePoint } from '../axis.ts';
import { at, type Check, checkGap, difference, type Evidence, missing } from './check.ts';
import type { OverGrid } from './statement.ts';

/** Holds a point against every other point of the grid. */
export function checkGrid({ kind, methods, point }: OverGrid, { dataset, metrics, points, ours }: Evidence): Check[] {
  const others = points.filter((other) => !samePoint(other, point));
  const checkOf = (metric: string, method: string, other: Point): Check => {
    const [here, there] = [ours(dataset, method, metric, point), ours(dataset, method, metric, other)];
    if (here === undefined || there === undefined) return missing(method, here === undefined ? point : other);
    const text = `${metric}: ${method} ${here.mean.toFixed(4)}${at(point)}, ${there.mean.toFixed(4)}${at(other)}`;
    return kind === 'best point' ? checkGap(here, there, difference, text) : checkGap(there, here, difference, text);
  };
  return metrics.flatMap((metric) =>
    methods.flatMap((method) => others.map((other) => checkOf(metric, method, other))),
  );
}
