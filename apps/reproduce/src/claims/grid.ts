import { type Point, samePoint } from '../axis.ts';
import { at, type Check, checkGap, difference, type Evidence, missing } from './check.ts';
import { bestOf, type Value } from './series.ts';
import type { OverGrid } from './statement.ts';

/** Holds a point, or the best of a part, against every other point of the grid. */
export function checkGrid(statement: OverGrid, evidence: Evidence): Check[] {
  return statement.kind === 'best part' ? checkPart(statement, evidence) : checkPoint(statement, evidence);
}

type OfPart = Extract<OverGrid, { kind: 'best part' }>;

function checkPoint(
  { kind, methods, point }: Exclude<OverGrid, OfPart>,
  { dataset, metrics, points, ours }: Evidence,
): Check[] {
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

/** The best inside against the best outside. */
function checkPart({ methods, first, second }: OfPart, { dataset, metrics, points, ours }: Evidence): Check[] {
  const isInside = ([x, y]: Point): boolean => first.includes(x!) && second.includes(y!);
  return metrics.flatMap((metric) =>
    methods.map((method): Check => {
      const parts: [inside: Value[], outside: Value[]] = [[], []];
      for (const [x, point] of points.entries()) {
        const measure = ours(dataset, method, metric, point);
        if (measure === undefined) return missing(method, point);
        parts[isInside(point) ? 0 : 1].push({ x, measure });
      }
      if (parts.some((values) => values.length === 0)) return { answer: 'unclear', text: `${method} not run there` };
      const [here, there] = [bestOf(parts[0]), bestOf(parts[1])];
      const said = ({ x, measure }: Value): string => `${measure.mean.toFixed(4)}${at(points[x]!)}`;
      return checkGap(here.measure, there.measure, difference, `${metric}: ${method} ${said(here)}, ${said(there)}`);
    }),
  );
}
