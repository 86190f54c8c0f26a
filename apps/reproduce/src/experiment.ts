import type { Protocol } from '@losslab/core';

export type Budget = 'smoke' | 'quick' | 'full';

/** A loss, or anything else with a name in a registry, and its options. */
export interface NamedOptions {
  readonly name: string;
  readonly [option: string]: unknown;
}

/** What one training is given. Everything else is the same for every method, and stands in its `Limits`. */
export interface Setting {
  readonly loss: NamedOptions;
  readonly similarity: 'dot' | 'cosine';
  readonly learningRate: number;
  /** λ of the L2 on the batch's rows. */
  readonly l2: number;
  readonly batchSize: number; // B
  readonly positives?: number; // M; 1 where absent
  readonly negatives: number; // N
  readonly dropout: number; // of the user vector
  /** Where the numbers come from. */
  readonly reason: string;
}

/** One row of a table: the same loss on every data set. */
export interface Method {
  readonly id: string;
  readonly label: string;
  /** The row of the published table that it is compared with. */
  readonly row: string;
  /** What to know of this row, for the report. */
  readonly note?: string;
  /** By data set, then budget. */
  readonly settings: Readonly<Record<string, Readonly<Partial<Record<Budget, Setting>>>>>;
}

/** How long training may go on. The same for every method. */
export interface Limits {
  readonly epochs: number;
  readonly patience: number;
  readonly evaluateEvery: number;
  /** What one data set takes with every method and both protocols on two cores, about. */
  readonly minutes: string;
}

export interface ExperimentDataset {
  readonly name: string; // in the registry
  /** The published table's name of it, the first word of its columns. Absent: the paper does not use it. */
  readonly column?: string;
  readonly limits: Readonly<Partial<Record<Budget, Limits>>>;
}

/** A table of a paper, as data. */
export interface Experiment {
  readonly table: string;
  readonly title: string;
  readonly model: string;
  /** Metrics promised, by the names of results and of the table's columns. The first one stops training. */
  readonly metrics: readonly { readonly name: string; readonly column: string }[];
  readonly datasets: readonly ExperimentDataset[];
  /** Used where no data set is asked for: the first of `smoke` that is at hand, every one of the others. */
  readonly defaults: Readonly<Record<Budget, readonly string[]>>;
  readonly methods: readonly Method[];
  /** Where this departs from the paper, by budget: a sentence each. */
  readonly departures: readonly Departure[];
}

export interface Departure {
  readonly text: string;
  /** Absent: always. */
  readonly budgets?: readonly Budget[];
  readonly protocols?: readonly Protocol[];
}
