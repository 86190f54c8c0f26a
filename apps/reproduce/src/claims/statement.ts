import type { Summary } from '@losslab/report';
import type { Point } from '../axis.ts';
import type { Quantity } from './quantities.ts';

/** A method's test metric at a point of the axes. */
export interface Measure extends Summary {
  /** Whether a curve behind it was cut off by the budget: its best may be yet to come. */
  readonly isUnfinished: boolean;
}

/** Undefined where it was not measured. */
export type Ours = (dataset: string, method: string, metric: string, point: Point) => Measure | undefined;

/** What a claim says in terms of measured numbers. Where there are axes, it is said of every point of them. */
export type Statement = Between | Alone | Along | OverGrid | OfSpread;

/** Statements between methods, at these values of the first axis alone where `at` names some. */
export type Between = BetweenMethods & { readonly at?: readonly number[] };

type BetweenMethods =
  /**
   * Each of `better`, or where it says `any` the best of them, beats each of `worse`, or where they are paired the one at its
   * place alone, in every metric, by more than `by` (a fraction, 0 where absent; below 0 it may fall short by so much). Where it
   * says `worseAt`, `worse` is taken at this value of the first axis throughout.
   */
  | {
      readonly kind: 'beats';
      readonly better: readonly string[];
      readonly worse: readonly string[];
      readonly by?: number;
      readonly paired?: true;
      readonly any?: true;
      readonly worseAt?: number;
    }
  /** `better` gains on `worse` what the paper prints (fractions by metric), give or take `tolerance`. */
  | {
      readonly kind: 'gains';
      readonly better: string;
      readonly worse: string;
      readonly gains: Readonly<Record<string, number>>;
      readonly tolerance: number;
    }
  /** The greatest gain of `better` on `worse`, of all metrics, is this fraction, give or take `tolerance`. */
  | {
      readonly kind: 'gains at best';
      readonly better: string;
      readonly worse: string;
      readonly gain: number;
      readonly tolerance: number;
    }
  /** The two are within `within` (a fraction of the second) of each other. */
  | { readonly kind: 'equals'; readonly one: string; readonly other: string; readonly within: number };

/** Statements of each method by itself, at these values of the first axis alone where `at` names some. */
export type Alone = AloneKinds & { readonly methods: readonly string[]; readonly at?: readonly number[] };

type AloneKinds =
  /** Its metric is above a fixed value. */
  | { readonly kind: 'above'; readonly value: number }
  /** Its metric is above what it is on another data set. */
  | { readonly kind: 'above on'; readonly dataset: string }
  /** Of all metrics this one is the greatest. */
  | { readonly kind: 'best metric'; readonly metric: string }
  /** A count is above 0 in some seed, or, where it does not occur, 0 in every seed. */
  | { readonly kind: 'occurs'; readonly does: boolean };

/** Statements along an axis, the first unless they say the second; of every value of the other, where there is one. */
export type Along = AlongAxis & { readonly along?: 'first' | 'second' };

type AlongAxis =
  /**
   * From its first value to its last, or steadily from each to the next, each method's metric rises or falls by more than `by`
   * (a fraction, 0 where absent), and less than `atMost` where there is one.
   */
  | {
      readonly kind: 'trend';
      readonly methods: readonly string[];
      readonly goes: 'up' | 'down';
      readonly by?: number;
      readonly atMost?: number;
      readonly steadily?: true;
    }
  /** The last step along the axis changes the metric less than the first. */
  | { readonly kind: 'levels off'; readonly methods: readonly string[] }
  /** The greatest and the least value along the axis are within `within` (a fraction of the greatest) of each other. */
  | { readonly kind: 'stable'; readonly methods: readonly string[]; readonly within: number }
  /** The best value is at neither end of the axis. */
  | { readonly kind: 'peaks'; readonly methods: readonly string[] }
  /** The best value is at one of these values of the axis. */
  | { readonly kind: 'best at'; readonly methods: readonly string[]; readonly values: readonly number[] }
  /** At every later value `less` has lost a smaller share of what it had at `from`, or else the first value, than `more`. */
  | { readonly kind: 'less affected'; readonly less: string; readonly more: string; readonly from?: number }
  /** From its greatest value along the axis to its least each method loses a smaller share than each of the others. */
  | { readonly kind: 'steadier'; readonly methods: readonly string[]; readonly than: readonly string[] }
  /** The best value of the first axis rises or falls with the second, from its first value to its last. */
  | { readonly kind: 'best moves'; readonly method: string; readonly goes: 'up' | 'down' };

/** Statements about one point, or a part, among all of the grid. */
export type OverGrid =
  /** The best value is at this point. */
  | { readonly kind: 'best point'; readonly methods: readonly string[]; readonly point: Point }
  /** The best value is at a point of this part of the grid, by the values of both axes. */
  | {
      readonly kind: 'best part';
      readonly methods: readonly string[];
      readonly first: readonly number[];
      readonly second: readonly number[];
    }
  /** At every other point each method's metric is above that at this one. */
  | { readonly kind: 'worst point'; readonly methods: readonly string[]; readonly point: Point };

/** Statements about spreads: how far the least of some values is below the greatest, as a fraction of the greatest. */
export type OfSpread =
  /** Each method's is wider along this axis than along the other, both through its best point. */
  | { readonly kind: 'more sensitive'; readonly methods: readonly string[]; readonly to: 'first' | 'second' }
  /** That among the methods is narrower in the second metric than in the first. */
  | { readonly kind: 'gaps close'; readonly methods: readonly string[]; readonly metrics: readonly [string, string] };

export interface Claim {
  readonly text: string;
  readonly source: string;
  /** How it is read as numbers, for the report. */
  readonly reading: string;
  /** The data sets that it is about. */
  readonly datasets: readonly string[];
  /** Of these metrics alone, or of these lists of the experiment's probe, by their means. Absent: all of its metrics. */
  readonly metrics?: readonly string[];
  /** In place of metrics: of these numbers of each training's record. */
  readonly quantities?: readonly Quantity[];
  readonly statement: Statement;
  /** It is said of most cases: more than half of the comparisons decide. */
  readonly inMost?: true;
}
