import { formatNumber, formatPercent } from '@losslab/report';
import type { Point } from '../axis.ts';
import { type Check, checkGap, decide, difference, doubt, type Evidence, missing, share } from './check.ts';
import type { Along, Measure } from './statement.ts';

/** A method's values of one metric along an axis, the other held. */
interface Series {
  readonly name: string;
  readonly values: readonly Value[];
}

interface Value {
  readonly x: number;
  readonly measure: Measure;
}

/** Checks a statement along an axis, for each metric and value of the other axis. */
export function checkAlong(statement: Along, given: Evidence): Check[] {
  const evidence = statement.along === 'second' ? transposed(given) : given;
  const { metrics, points } = evidence;
  const rests = [...new Map(points.map(([, ...rest]) => [rest.join(), rest])).values()];
  return metrics.flatMap((metric) => {
    if (statement.kind === 'best moves') return [checkBestMoves(statement, metric, rests, evidence)];
    return rests.flatMap((rest) => {
      const of = (method: string): Series | Check => seriesOf(method, metric, rest, evidence);
      if (statement.kind === 'less affected') return checkLessAffected(of(statement.less), of(statement.more));
      return statement.methods.map((method) => {
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

function seriesOf(method: string, metric: string, rest: Point, { dataset, points, ours }: Evidence): Series | Check {
  const along = points.filter(([, ...others]) => others.join() === rest.join());
  const values: Value[] = [];
  for (const point of along) {
    const measure = ours(dataset, method, metric, point);
    if (measure === undefined) return missing(method, point);
    values.push({ x: point[0]!, measure });
  }
  const where = rest.length === 0 ? '' : `, ${rest.map(formatNumber).join(', ')}`;
  return { name: `${metric}: ${method}${where}`, values };
}

type OfOne = Exclude<Along, { kind: 'less affected' | 'best moves' }>;

function checkSeries(statement: OfOne, { name, values }: Series): Check {
  const [first, last] = [values[0]!, values.at(-1)!];
  switch (statement.kind) {
    case 'trend': {
      const sign = statement.goes === 'up' ? 1 : -1;
      const margin = (to: number, from: number): number => sign * (to - from) - share(statement.by ?? 0, from);
      return checkGap(last.measure, first.measure, margin, `${name} ${said(first)}, ${said(last)}`);
    }
    case 'stable': {
      const least = values.reduce((low, value) => (value.measure.mean < low.measure.mean ? value : low));
      const best = bestOf(values);
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

/** Whether the best of `meant` is above the best of the others. */
function checkBest(name: string, meant: readonly Value[], others: readonly Value[]): Check {
  if (meant.length === 0 || others.length === 0) return { answer: 'unclear', text: `${name} not run there` };
  const [one, other] = [bestOf(meant), bestOf(others)];
  return checkGap(one.measure, other.measure, difference, `${name} ${said(one)}, ${said(other)}`);
}

function said({ x, measure }: Value): string {
  return `${measure.mean.toFixed(4)} at ${formatNumber(x)}`;
}

function checkLessAffected(less: Series | Check, more: Series | Check): Check[] {
  if ('answer' in less) return [less];
  if ('answer' in more) return [more];
  return less.values.slice(1).map(({ x }, k) => {
    const [one, other] = [less, more].map(({ values }) => changeOf(values[0]!.measure, values[k + 1]!.measure));
    const text = `${less.name} ${formatPercent(one!.change)}, ${more.name} ${formatPercent(other!.change)} at ${formatNumber(x)}`;
    if (one!.isUnfinished || other!.isUnfinished) return { answer: 'unclear', text };
    return decide(one!.change - other!.change, Math.hypot(one!.doubt, other!.doubt), text);
  });
}

/** The relative change; NaN from what is not positive. */
function changeOf(from: Measure, to: Measure): { change: number; doubt: number; isUnfinished: boolean } {
  const isUnfinished = from.isUnfinished || to.isUnfinished;
  const change = from.mean > 0 ? to.mean / from.mean - 1 : Number.NaN;
  return { change, doubt: doubt(to, from) / from.mean, isUnfinished };
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

/** Unfinished where any of them is: the best may be yet to come. */
function bestOf(values: readonly Value[]): Value {
  const { x, measure } = values.reduce((best, value) => (value.measure.mean > best.measure.mean ? value : best));
  return { x, measure: { ...measure, isUnfinished: values.some((value) => value.measure.isUnfinished) } };
}

/** Whether another value is as good as the best, as far as can be told. */
function hasTies({ values }: Series): boolean {
  const { x, measure } = bestOf(values);
  return values.some((v) => v.x !== x && !(measure.mean - v.measure.mean > doubt(v.measure, measure)));
}
