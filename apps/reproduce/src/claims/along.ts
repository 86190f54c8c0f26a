import { formatNumber } from '@losslab/report';
import type { Point } from '../axis.ts';
import { type Check, checkGap, doubt, type Evidence, missing, signed } from './check.ts';
import type { Along, Measure } from './statement.ts';

/** A method's values of one metric along an axis, the other held. */
interface Series {
  readonly name: string;
  readonly values: readonly { readonly x: number; readonly measure: Measure }[];
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
  const values: { x: number; measure: Measure }[] = [];
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
  const said = ({ x, measure }: Series['values'][number]): string => `${measure.mean.toFixed(4)} at ${formatNumber(x)}`;
  const best = bestOf(values);
  switch (statement.kind) {
    case 'trend': {
      const sign = statement.goes === 'up' ? 1 : -1;
      const text = `${name} ${said(first)}, ${said(last)}`;
      return checkGap(last.measure, first.measure, (gap) => sign * gap - (statement.by ?? 0), text);
    }
    case 'stable': {
      const least = values.reduce((low, value) => (value.measure.mean < low.measure.mean ? value : low));
      const text = `${name} between ${said(least)} and ${said(best)}`;
      return checkGap(least.measure, best.measure, (gap) => statement.within + gap, text);
    }
    case 'peaks': {
      const text = `${name} ${said(first)}, best ${said(best)}, ${said(last)}`;
      const ends = [first, last].map((end) => checkGap(best.measure, end.measure, (gap) => gap || -1, text));
      return ends.find(({ answer }) => answer === 'no') ?? ends.find(({ answer }) => answer === 'unclear') ?? ends[0]!;
    }
    case 'best at': {
      const meant = values.filter(({ x }) => statement.values.includes(x));
      const others = values.filter(({ x }) => !statement.values.includes(x));
      if (meant.length === 0 || others.length === 0) return { answer: 'unclear', text: `${name} not run there` };
      const [inside, outside] = [bestOf(meant), bestOf(others)];
      return checkGap(inside.measure, outside.measure, (gap) => gap, `${name} ${said(inside)}, ${said(outside)}`);
    }
  }
}

function checkLessAffected(less: Series | Check, more: Series | Check): Check[] {
  if ('answer' in less) return [less];
  if ('answer' in more) return [more];
  return less.values.slice(1).map(({ x }, k) => {
    const [one, other] = [less, more].map(({ values }) => changeOf(values[0]!.measure, values[k + 1]!.measure));
    const text = `${less.name} ${signed(one!.change)}, ${more.name} ${signed(other!.change)} at ${formatNumber(x)}`;
    if (one!.isUnfinished || other!.isUnfinished) return { answer: 'unclear', text };
    const margin = one!.change - other!.change;
    const answer = Math.abs(margin) < Math.hypot(one!.doubt, other!.doubt) ? 'unclear' : margin > 0 ? 'yes' : 'no';
    return { answer, margin, text };
  });
}

function changeOf(from: Measure, to: Measure): { change: number; doubt: number; isUnfinished: boolean } {
  const isUnfinished = from.isUnfinished || to.isUnfinished;
  return { change: to.mean / from.mean - 1, doubt: doubt(to, from), isUnfinished };
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

function bestOf(values: Series['values']): Series['values'][number] {
  return values.reduce((best, value) => (value.measure.mean > best.measure.mean ? value : best));
}

/** Whether another value is as good as the best, as far as can be told. */
function hasTies({ values }: Series): boolean {
  const best = bestOf(values);
  return values.some((v) => v !== best && 1 - v.measure.mean / best.measure.mean < doubt(v.measure, best.measure));
}
