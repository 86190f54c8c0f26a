import type { DataFacts } from './interactions.ts';
import type { OptionSchema } from './options.ts';

/** One user's ranking: what was recommended and what was held out. */
export interface RankedUser {
  readonly ranked: Int32Array; // [k], best first; −1 where the catalogue ran out
  /** [k], 1 where `ranked` is in `relevant`. */
  readonly hits: Uint8Array;
  readonly relevant: Int32Array; // held-out items, ascending, at least one
}

/** One user's scores of every item. */
export interface ScoredUser {
  readonly scores: Float32Array; // [items]
  readonly relevant: Int32Array; // held-out items, ascending, at least one
  readonly masked: Int32Array; // items left out, ascending: training, and at test validation too
}

/** A metric of a ranking: one number a user; the mean over users is reported. */
export interface RankingMetric {
  readonly name: string; // `recall`
  /** How it is computed, one line, options filled in; printed beside the numbers. */
  readonly definition: string;
  /** The value for the first k of `user.ranked`, a finite number; k ≤ ranked.length. */
  value(user: RankedUser, k: number): number;
}

/** A metric of all rankings together, such as coverage: one number. */
export interface CatalogueMetric {
  readonly kind: 'catalogue';
  readonly name: string;
  readonly definition: string;
  /** Of the first k items of every evaluated user. */
  total(users: readonly RankedUser[], k: number): number;
}

/** A metric of scores, without a cut-off, such as the likelihood: one number a user; the mean over users is reported. */
export interface ScoreMetric {
  readonly kind: 'scores';
  readonly name: string;
  readonly definition: string;
  value(user: ScoredUser): number;
}

/** Labelled pairs by descending score; of equal scores the smaller user, then the smaller item, comes first. */
export interface LabelledRanking {
  readonly labels: Float32Array; // [n], 0 or 1
  readonly scores: Float32Array; // [n], descending
}

/** The labelled pairs of a part as a model scores them. */
export interface ScoredPairs {
  readonly all: LabelledRanking;
  /** Of each user with pairs of both labels: the others rank nothing above anything. */
  readonly users: readonly LabelledRanking[];
}

/** A metric of labelled pairs: no item without a label has a part in it. */
export interface LabelledMetric {
  readonly kind: 'labelled';
  readonly name: string;
  readonly definition: string;
  /** Whether it is measured at cut-offs. */
  readonly cutOff: boolean;
  /** @param k the cut-off; 0 for metrics without one */
  total(pairs: ScoredPairs, k: number): number;
  /** Of one user with pairs of both labels, for paired tests. Absent: the metric is of all pairs together. */
  value?(user: LabelledRanking, k: number): number;
}

export type Metric = RankingMetric | CatalogueMetric | ScoreMetric | LabelledMetric;

export interface MetricDefinition<Options = unknown> {
  readonly kind: 'metric';
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly options: OptionSchema<Options>;
  /** Whether it is measured at cut-offs. Absent: it is. */
  readonly cutOff?: boolean;
  /** Several for a metric with several numbers, such as one a popularity group. `facts` are of the training part. */
  create(options: Options, facts: DataFacts): Metric | readonly Metric[];
}
