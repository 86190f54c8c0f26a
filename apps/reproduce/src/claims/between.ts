import type { Point } from '../axis.ts';
import { at, type Check, checkGap, type Evidence, missing, signed } from './check.ts';
import type { Between } from './statement.ts';

/** Checks a statement between methods at every point. */
export function checkBetween(statement: Between, { dataset, metrics, points, ours }: Evidence): Check[] {
  const compare = (
    metric: string,
    point: Point,
    one: string,
    other: string,
    margin: (gap: number) => number,
  ): Check => {
    const [a, b] = [ours(dataset, one, metric, point), ours(dataset, other, metric, point)];
    if (a === undefined || b === undefined) return missing(a === undefined ? one : other, point);
    const gap = signed(a.mean / b.mean - 1);
    const text = `${metric}${at(point)}: ${one} ${a.mean.toFixed(4)}, ${other} ${b.mean.toFixed(4)} (${gap})`;
    return checkGap(a, b, margin, text);
  };
  const pairs = pairsOf(statement);
  return metrics.flatMap((metric) => {
    const margin = marginOf(statement, metric);
    if (margin === undefined) return [];
    return points.flatMap((point) => pairs.map(([one, other]) => compare(metric, point, one, other, margin)));
  });
}

function pairsOf(statement: Between): readonly (readonly [string, string])[] {
  switch (statement.kind) {
    case 'beats':
      return statement.better.flatMap((one) => statement.worse.map((other) => [one, other] as const));
    case 'gains':
      return [[statement.better, statement.worse]];
    case 'equals':
      return [[statement.one, statement.other]];
  }
}

/** How far a relative gap is inside what the statement says of it; undefined where it says nothing of the metric. */
function marginOf(statement: Between, metric: string): ((gap: number) => number) | undefined {
  switch (statement.kind) {
    case 'beats':
      return (gap) => gap - (statement.by ?? 0);
    case 'gains': {
      const gain = statement.gains[metric];
      return gain === undefined ? undefined : (gap) => statement.tolerance - Math.abs(gap - gain);
    }
    case 'equals':
      return (gap) => statement.within - Math.abs(gap);
  }
}
