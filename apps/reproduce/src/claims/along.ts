import { formatNumber } from '@losslab/report';
import type { Point } from '../axis.ts';
import { type Check, checkGap, decide, difference, doubt, type Evidence, share } from './check.ts';
import { checkLessAffected, checkSteadier } from './pair-along.ts';
import { bestOf, leastOf, type Series, said, seriesOf, type Value } from './series.ts';
import type { Along } from './statement.ts';

/** Checks a statement along an axis, for each metric and value of the other axis. */
export function checkAlong(statement: Along, given: Evidence): Check[] {
  const evidence = statement.along === 'second' ? transposed(given) : given;
  const { metrics, points } = evidence;
  const rests = [...new Map(points.map(([, ...rest]) => [rest.join(), rest])).values()];
  return metrics.flatMap((metric) => {
    if (statement.kind === 'best moves') return [checkBestMoves(statement, metric, rests, evidence)];
    return rests.flatMap((rest) => {
      const of = (method: string): Series | Check => seriesOf(method, metric, rest, evidence);
      switch (statement.kind) {
        case 'less affected':
          return checkLessAffected(of(statement.less), of(statement.more), statement.from);
        case 'steadier':
          return statement.methods.flatMap((one) => statement.than.map((other) => checkSteadier(of(one), of(other))));
      }
      return statement.methods.flatMap((method) => {
        const series = of(method);
        return 'answer' in series ? series : checkSeries(statement, series);
      });
    });
  });
}

/** The same with the second axis first. */
function transposed({ points, ours, ...rest }: Evidence): Evidence {
  const swap = ([x, y]: Point): Point => [y!, x!];
  return {
    ...rest,
    points: points.map(swap),
    ours: (d, method, metric, point) => ours(d, method, metric, swap(point)),
  };
}

type OfOne = Exclude<Along, { kind: 'less affected' | 'steadier' | 'best moves' }>;

function checkSeries(statement: OfOne, series: Series): Check | Check[] {
  const { name, values } = series;
  const [first, last] = [values[0]!, values.at(-1)!];
  switch (statement.kind) {
    case 'trend':
      return checkTrend(statement, series);
    case 'levels off':
      return checkLevelsOff(series);
    case 'stable': {
      const [least, best] = [leastOf(values), bestOf(values)];
      const margin = (low: number, high: number): number => share(statement.within, high) - (high - low);
      return checkGap(least.measure, best.measure, margin, `${name} between ${said(least)} and ${said(best)}`);
    }
    case 'peaks':
      return checkBest(name, values.slice(1, -1), [first, last]);
    case 'best at': {
      const isMeant = ({ x }: Value): boolean => statement.values.includes(x);
      return checkBest(
        name,
        values.filter(isMeant),
        values.filter((value) => !isMeant(value)),
      );
    }
  }
}

function checkTrend(
  { goes, by = 0, atMost, steadily }: Extract<OfOne, { kind: 'trend' }>,
  { name, values }: Series,
): Check[] {
  const margin = (to: number, from: number): number => {
    const change = goes === 'up' ? to - from : from - to;
    return Math.min(change - share(by, from), atMost === undefined ? change : share(atMost, from) - change);
  };
  const points = steadily ? values : [values[0]!, values.at(-1)!];
  return points.slice(1).map((to, k) => {
    const from = points[k]!;
    return checkGap(to.measure, from.measure, margin, `${name} ${said(from)}, ${said(to)}`);
  });
}

/** Whether the last step is smaller than the first, up or down. */
function checkLevelsOff({ name, values }: Series): Check {
  if (values.length < 3) return { answer: 'unclear', text: `${name} not run at three values` };
  const [start, second, oneBefore, end] = [values[0]!, values[1]!, values.at(-2)!, values.at(-1)!];
  const text = `${name} ${said(start)}, ${said(second)}; ${said(oneBefore)}, ${said(end)}`;
  if ([start, second, oneBefore, end].some(({ measure }) => measure.isUnfinished)) return { answer: 'unclear', text };
  const step = (from: Value, to: Value): number => Math.abs(to.measure.mean - from.measure.mean);
  const within = Math.hypot(doubt(second.measure, start.measure), doubt(end.measure, oneBefore.measure));
  return decide(step(start, second) - step(oneBefore, end), within, text);
}

/** Whether the best of `meant` is above the best of the others. */
function checkBest(name: string, meant: readonly Value[], others: readonly Value[]): Check {
  if (meant.length === 0 || others.length === 0) return { answer: 'unclear', text: `${name} not run there` };
  const [one, other] = [bestOf(meant), bestOf(others)];
  return checkGap(one.measure, other.measure, difference, `${name} ${said(one)}, ${said(other)}`);
}

function checkBestMoves(
  { method, goes }: Extract<Along, { kind: 'best moves' }>,
  metric: string,
  rests: readonly Point[],
  evidence: Evidence,
): Check {
  const found: Series[] = [];
  for (const rest of [rests[0]!, rests.at(-1)!]) {
    const series = seriesOf(method, metric, rest, evidence);
    if ('answer' in series) return series;
    found.push(series);
  }
  const [from, to] = found.map(({ values }) => bestOf(values).x) as [number, number];
  const text = `${metric}: ${method} best at ${formatNumber(from)}, then at ${formatNumber(to)}`;
  const isUnfinished = found.some(({ values }) => values.some(({ measure }) => measure.isUnfinished));
  if (isUnfinished || found.some(hasTies)) return { answer: 'unclear', text };
  const margin = goes === 'up' ? to - from : from - to;
  return { answer: margin > 0 ? 'yes' : 'no', margin, text };
}

/** Whether another value is as good as the best, as far as can be told. */
function hasTies({ values }: Series): boolean {
  const { x, measure } = bestOf(values);
  return values.some((v) => v.x !== x && !(measure.mean - v.measure.mean > doubt(v.measure, measure)));
}
