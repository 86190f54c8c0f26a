import type { OptionSchema } from './options.ts';

/** One user's ranking: what was recommended and what was held out. */
export interface RankedUser {
  readonly ranked: Int32Array; // [k], best first; −1 where the catalogue ran out
  /** [k], 1 where `ranked` is in `relevant`. */
  readonly hits: Uint8Array;
  readonly relevant: Int32Array; // held-out items, ascending, at least one
}

/** A metric of a ranking: one number a user; the mean over users is reported. */
export interface RankingMetric {
  readonly name: string; // `recall`
  /** How it is computed, one line, options filled in; printed beside the numbers. */
  readonly definition: string;
  /** The value for the first k of `user.ranked`; k ≤ ranked.length. */
  value(user: RankedUser, k: number): number;
}

export interface MetricDefinition<Options = unknown> {
  readonly kind: 'metric';
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly options: OptionSchema<Options>;
  create(options: Options): RankingMetric;
}
