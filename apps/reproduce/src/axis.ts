import { formatNumber } from '@losslab/report';
import type { Budget, Setting } from './experiment.ts';

/** What an experiment varies, by values that depend on the budget, and on the data set where the paper's do. */
export interface Axis {
  /** As the figure names it, with its symbol: `number of negatives N`. */
  readonly title: string;
  /** In labels, with the value after it: `N`. */
  readonly symbol: string;
  /** The option that it sets, by its dotted name (`negatives`, `loss.tau`), or how a value enters a setting. */
  readonly set: string | ((setting: Setting, value: number) => Setting);
  readonly values: Readonly<Record<Budget, readonly number[]>>;
  /** In their place on these data sets. */
  readonly valuesOn?: Readonly<Record<string, Readonly<Partial<Record<Budget, readonly number[]>>>>>;
  readonly scale?: 'linear' | 'log'; // linear where absent
  /** Methods that it applies to; the others are the same at every value. Absent: all. */
  readonly methods?: readonly string[];
}

/** A value of each axis, in their order; empty where there are none. */
export type Point = readonly number[];

export function valuesOf({ values, valuesOn }: Axis, budget: Budget, dataset: string): readonly number[] {
  return valuesOn?.[dataset]?.[budget] ?? values[budget];
}

/** Every combination of values on a data set, the first axis moving fastest. */
export function pointsOf(axes: readonly Axis[], budget: Budget, dataset: string): Point[] {
  return axes.reduceRight<Point[]>(
    (points, axis) => points.flatMap((rest) => valuesOf(axis, budget, dataset).map((value) => [value, ...rest])),
    [[]],
  );
}

/** The setting with the point's values put in. */
export function settingAt(setting: Setting, method: string, axes: readonly Axis[], point: Point): Setting {
  return axes.reduce((at, axis, k) => {
    if (!(axis.methods?.includes(method) ?? true)) return at;
    return typeof axis.set === 'string' ? withOption(at, axis.set, point[k]!) : axis.set(at, point[k]!);
  }, setting);
}

/** A copy with one option set by its dotted name: `loss.tau`. */
export function withOption<T extends object>(tree: T, path: string, value: unknown): T {
  const [key = '', ...rest] = path.split('.');
  const branch = (tree as Record<string, unknown>)[key] ?? {};
  return { ...tree, [key]: rest.length === 0 ? value : withOption(branch as object, rest.join('.'), value) };
}

/** `64`, `0.1 and 3`; nothing where there are no axes. */
export function pointName(point: Point): string {
  return point.map(formatNumber).join(' and ');
}

export const samePoint = (a: Point, b: Point): boolean => a.length === b.length && a.every((v, k) => v === b[k]);
