import type { Point } from '../axis.ts';
import { at, type Check, checkGap, type Evidence, gapText, missing, pointsAt, share } from './check.ts';
import type { Between, Measure } from './statement.ts';

/** Checks a statement between methods at every point that it is about. */
export function checkBetween(statement: Between, { dataset, metrics, points: all, ours }: Evidence): Check[] {
  const { points, absent } = pointsAt(statement.at, all);
  const compare = (
    metric: string,
    point: Point,
    one: string,
    other: string,
    margin: (a: number, b: number) => number,
  ): Check => {
    const there = otherPoint(statement, point);
    const [a, b] = [ours(dataset, one, metric, point), ours(dataset, other, metric, there)];
    if (a === undefined) return missing(one, point);
    if (b === undefined) return missing(other, there);
    const gap = gapText(a.mean, b.mean);
    const where = there === point ? '' : at(there);
    const text = `${metric}${at(point)}: ${one} ${a.mean.toFixed(4)}, ${other}${where} ${b.mean.toFixed(4)} (${gap})`;
    return checkGap(a, b, margin, text);
  };
  if (statement.kind === 'gains at best') {
    const best = points.map((point) => {
      const metric = bestGain(statement, metrics, (...of) => ours(dataset, ...of, point));
      return compare(metric, point, statement.better, statement.worse, nearGain(statement.gain, statement.tolerance));
    });
    return [...best, ...absent];
  }
  const checks = metrics.flatMap((metric) => {
    const margin = marginOf(statement, metric);
    if (margin === undefined) return [];
    return points.flatMap((point) => {
      const meanOf = (method: string): number => ours(dataset, method, metric, point)?.mean ?? Number.POSITIVE_INFINITY;
      return pairsOf(statement, meanOf).map(([one, other]) => compare(metric, point, one, other, margin));
    });
  });
  return [...checks, ...absent];
}

type AtBest = Extract<Between, { kind: 'gains at best' }>;
type OfMetric = Exclude<Between, AtBest>;

/** The metric in which `better` gains most, or the first that either lacks. */
function bestGain(
  { better, worse }: AtBest,
  metrics: readonly string[],
  of: (method: string, metric: string) => Measure | undefined,
): string {
  const gains = metrics.map((metric) => {
    const [a, b] = [of(better, metric), of(worse, metric)];
    return a === undefined || b === undefined ? Number.POSITIVE_INFINITY : a.mean / b.mean - 1;
  });
  return metrics[gains.indexOf(Math.max(...gains))]!;
}

/** Where the statement takes its worse methods. */
function otherPoint(statement: Between, point: Point): Point {
  if (statement.kind !== 'beats' || statement.worseAt === undefined) return point;
  return [statement.worseAt, ...point.slice(1)];
}

function pairsOf(statement: OfMetric, meanOf: (method: string) => number): readonly (readonly [string, string])[] {
  switch (statement.kind) {
    case 'beats': {
      const { better, worse, any = false, paired = false } = statement;
      if (paired) return better.map((one, k) => [one, worse[k]!] as const);
      const best = better.reduce((one, other) => (meanOf(other) > meanOf(one) ? other : one));
      return (any ? [best] : better).flatMap((one) => worse.map((other) => [one, other] as const));
    }
    case 'gains':
      return [[statement.better, statement.worse]];
    case 'equals':
      return [[statement.one, statement.other]];
  }
}

/** How far two means are inside what the statement says of them; undefined where it says nothing of the metric. */
function marginOf(statement: OfMetric, metric: string): ((a: number, b: number) => number) | undefined {
  switch (statement.kind) {
    case 'beats':
      return (a, b) => a - b - share(statement.by ?? 0, b);
    case 'gains': {
      const gain = statement.gains[metric];
      return gain === undefined ? undefined : nearGain(gain, statement.tolerance);
    }
    case 'equals':
      return (a, b) => share(statement.within, b) - Math.abs(a - b);
  }
}

function nearGain(gain: number, tolerance: number): (a: number, b: number) => number {
  return (a, b) => share(tolerance, b) - Math.abs(a - b - share(gain, b));
}
