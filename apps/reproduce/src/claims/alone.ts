import { formatNumber } from '@losslab/report';
import { at, type Check, checkGap, difference, type Evidence, missing, pointsAt } from './check.ts';
import type { Alone, Measure } from './statement.ts';

/** Checks a statement of each method by itself at every point that it is about. */
export function checkAlone(statement: Alone, { dataset, metrics, points: all, ours }: Evidence): Check[] {
  const { points, absent } = pointsAt(statement.at, all);
  const checks = metrics.flatMap((metric) =>
    points.flatMap((point) =>
      statement.methods.map((method) => {
        const measure = ours(dataset, method, metric, point);
        if (measure === undefined) return missing(method, point);
        return checkOne(statement, measure, `${metric}${at(point)}: ${method} ${meanText(measure)}`);
      }),
    ),
  );
  return [...checks, ...absent];
}

function checkOne(statement: Alone, measure: Measure, text: string): Check {
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
