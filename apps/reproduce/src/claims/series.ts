import { formatNumber } from '@losslab/report';
import type { Point } from '../axis.ts';
import { type Check, type Evidence, missing } from './check.ts';
import type { Measure } from './statement.ts';

/** A method's values of one metric along an axis, the other held. */
export interface Series {
  readonly name: string;
  readonly values: readonly Value[];
}

export interface Value {
  readonly x: number;
  readonly measure: Measure;
}

/** Along the first axis; a check that says what is missing where a value is. */
export function seriesOf(
  method: string,
  metric: string,
  rest: Point,
  { dataset, points, ours }: Evidence,
): Series | Check {
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

/** Unfinished where any of them is: the best may be yet to come. */
export function bestOf(values: readonly Value[]): Value {
  const { x, measure } = values.reduce((best, value) => (value.measure.mean > best.measure.mean ? value : best));
  return { x, measure: { ...measure, isUnfinished: values.some((value) => value.measure.isUnfinished) } };
}

export function leastOf(values: readonly Value[]): Value {
  return values.reduce((least, value) => (value.measure.mean < least.measure.mean ? value : least));
}

export function said({ x, measure }: Value): string {
  return `${measure.mean.toFixed(4)} at ${formatNumber(x)}`;
}
