import type { Summary } from '@losslab/report';
import { type Point, pointName } from '../axis.ts';
import type { Measure, Ours } from './statement.ts';

export type Answer = 'yes' | 'no' | 'unclear';

/** One comparison of numbers behind a verdict. */
export interface Check {
  readonly answer: Answer;
  /** How far the numbers are from turning the answer; absent where one is missing. */
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

/** With one seed, a gap below this share of the value is taken for chance. */
export const leastGap = 0.005;

/** Whether `margin` of the relative gap between a and b is above 0, below it, or too close to tell. */
export function checkGap(a: Measure, b: Measure, margin: (gap: number) => number, text: string): Check {
  const value = margin(a.mean / b.mean - 1);
  if (a.isUnfinished || b.isUnfinished) return { answer: 'unclear', text: `${text}, before its curves had ended` };
  const answer = Math.abs(value) < doubt(a, b) ? 'unclear' : value > 0 ? 'yes' : 'no';
  return { answer, margin: value, text };
}

/** Two standard errors of the relative gap between two means. */
export function doubt(a: Summary, b: Summary): number {
  if (a.count < 2 || b.count < 2) return leastGap;
  return (2 * Math.sqrt(a.sd ** 2 / a.count + b.sd ** 2 / b.count)) / b.mean;
}

export function missing(method: string, point: Point): Check {
  return { answer: 'unclear', text: `${method}${at(point)} not run` };
}

export function at(point: Point): string {
  return point.length === 0 ? '' : ` at ${pointName(point)}`;
}

export function signed(gap: number): string {
  return `${gap < 0 ? '−' : '+'}${Math.abs(gap * 100).toFixed(1)} %`;
}
