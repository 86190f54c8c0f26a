import { formatDifference, formatNumber, formatPercent, type Summary } from '@losslab/report';
import { type Point, pointName } from '../axis.ts';
import type { Measure, Ours } from './statement.ts';

export type Answer = 'yes' | 'no' | 'unclear';

/** One comparison of numbers behind a verdict. */
export interface Check {
  readonly answer: Answer;
  /** How many times their doubt the numbers are from turning the answer; absent where it is unclear. */
  readonly margin?: number;
  readonly text: string;
}

/** Measured numbers on one data set under one protocol. */
export interface Evidence {
  readonly dataset: string;
  readonly metrics: readonly string[];
  readonly points: readonly Point[];
  readonly ours: Ours;
}

/** With one seed, a gap below this share of the greater value is taken for chance. */
export const leastGap = 0.005;

/** Whether `margin` of two means is above 0, below it, or too close to tell. */
export function checkGap(a: Measure, b: Measure, margin: (a: number, b: number) => number, text: string): Check {
  if (a.isUnfinished || b.isUnfinished) return { answer: 'unclear', text: `${text}, before its curves had ended` };
  return decide(margin(a.mean, b.mean), doubt(a, b), text);
}

/** A margin above 0 speaks for a statement, one below 0 against it; one within the doubt, or no number, does neither. */
export function decide(margin: number, within: number, text: string): Check {
  if (!Number.isFinite(margin) || !(Math.abs(margin) > within)) return { answer: 'unclear', text };
  return { answer: margin > 0 ? 'yes' : 'no', margin: Math.abs(margin) / within, text };
}

/** Two standard errors of the difference of two means. */
export function doubt(a: Summary, b: Summary): number {
  if (a.count < 2 || b.count < 2) return leastGap * Math.max(Math.abs(a.mean), Math.abs(b.mean));
  return 2 * Math.sqrt(a.sd ** 2 / a.count + b.sd ** 2 / b.count);
}

export const difference = (a: number, b: number): number => a - b;

/** A fraction of a value's size; NaN for a fraction of 0. */
export function share(fraction: number, of: number): number {
  if (fraction === 0) return 0;
  return of === 0 ? Number.NaN : fraction * Math.abs(of);
}

/** How far a is from b: relative where b is positive, else the difference itself. */
export function gapText(a: number, b: number): string {
  return b > 0 ? formatPercent(a / b - 1) : formatDifference(a - b);
}

export function missing(method: string, point: Point): Check {
  return { answer: 'unclear', text: `${method}${at(point)} not run` };
}

/** Points whose first value is one of `values`, and a check for each value that no point has. */
export function pointsAt(values: readonly number[] | undefined, points: readonly Point[]) {
  if (values === undefined) return { points, absent: [] };
  const missed = values.filter((value) => !points.some(([x]) => x === value));
  return {
    points: points.filter(([x]) => values.includes(x!)),
    absent: missed.map((value): Check => ({ answer: 'unclear', text: `not run at ${formatNumber(value)}` })),
  };
}

export function at(point: Point): string {
  return point.length === 0 ? '' : ` at ${pointName(point)}`;
}
