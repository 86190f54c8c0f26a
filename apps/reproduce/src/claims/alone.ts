import { formatNumber } from '@losslab/report';
import type { Point } from '../axis.ts';
import { at, type Check, checkGap, difference, type Evidence, missing, pointsAt } from './check.ts';
import type { Alone, Measure } from './statement.ts';

/** Checks a statement of each method by itself at every point that it is about. */
export function checkAlone(statement: Alone, { dataset, metrics, points: all, ours }: Evidence): Check[] {
  const { points, absent } = pointsAt(statement.at, all);
  const checkOf = (metric: string, point: Point, method: string): Check[] => {
    const measure = ours(dataset, method, metric, point);
    if (measure === undefined) return [missing(method, point)];
    const text = `${metric}${at(point)}: ${method} ${meanText(measure)}`;
    const over = (other: Measure | undefined, name: string): Check => {
      if (other === undefined) return missing(`${method}, ${name},`, point);
      return checkGap(measure, other, difference, `${text}, ${name} ${meanText(other)}`);
    };
    switch (statement.kind) {
      case 'above on':
        return [over(ours(statement.dataset, method, metric, point), `on ${statement.dataset}`)];
      case 'best metric': {
        const others = metric === statement.metric ? metrics.filter((other) => other !== metric) : [];
        return others.map((other) => over(ours(dataset, method, other, point), other));
      }
      default:
        return [checkOne(statement, measure, text)];
    }
  };
  const checks = metrics.flatMap((metric) =>
    points.flatMap((point) => statement.methods.flatMap((method) => checkOf(metric, point, method))),
  );
  return [...checks, ...absent];
}

type OfOne = Extract<Alone, { kind: 'above' | 'occurs' }>;

function checkOne(statement: OfOne, measure: Measure, text: string): Check {
  if (statement.kind === 'above') {
    const fixed = { mean: statement.value, sd: 0, count: measure.count, isUnfinished: false };
    return checkGap(measure, fixed, difference, text);
  }
  if (measure.isUnfinished || !Number.isFinite(measure.mean)) return { answer: 'unclear', text };
  const answer = measure.mean > 0 === statement.does ? 'yes' : 'no';
  return { answer, margin: Number.POSITIVE_INFINITY, text };
}

/** `0.1234`; a whole number as it is. */
function meanText({ mean }: Measure): string {
  return Number.isInteger(mean) ? formatNumber(mean) : mean.toFixed(4);
}
