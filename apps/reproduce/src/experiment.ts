import type { Protocol } from '@losslab/core';
import type { RunConfigInput } from '@losslab/trainer';
import type { Axis, Point } from './axis.ts';
import type { Claim } from './claims/statement.ts';
import type { Probe } from './probe/probe.ts';
import type { View } from './view.ts';

export type Budget = 'smoke' | 'quick' | 'full';

/** A loss, or anything else with a name in a registry, and its options. */
export interface NamedOptions {
  readonly name: string;
  readonly [option: string]: unknown;
}

/** What one training is given: the parts of a run's configuration in which methods differ. */
export interface Setting {
  readonly model: NamedOptions;
  readonly loss?: NamedOptions; // none for fitted models
  readonly sampler?: NamedOptions;
  readonly step?: NamedOptions; // the usual one where absent
  readonly optimizer?: NamedOptions;
  readonly schedule?: NonNullable<RunConfigInput['schedule']>;
  readonly batchSize?: number; // B
  readonly positives?: number; // M
  readonly negatives?: number | 'in-batch'; // N
  readonly mask?: 'train'; // validation items are candidates at test
  /** In place of the limits', where a figure looks at another epoch. */
  readonly epochs?: number;
  /** Options of the data, such as the rate of injected false positives. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Where the numbers come from. */
  readonly reason: string;
}

export type Settings = Readonly<Record<string, Readonly<Partial<Record<Budget, Setting>>>>>;

/** One row of a table, one line of a figure: the same model and loss on every data set. */
export interface Method {
  readonly id: string;
  readonly label: string;
  /** The row of the published table that it is compared with; where the table has axes, the row of each point. */
  readonly row?: string | ((point: Point) => string);
  /** What to know of this row, for the report. */
  readonly note?: string;
  /** By the id of the data set, then budget. */
  readonly settings: Settings;
}

/** How long training may go on. The same for every method. */
export interface Limits {
  readonly epochs: number;
  /** null: the paper trains for a fixed number of epochs. */
  readonly patience: number | null;
  readonly evaluateEvery: number;
  /** What one data set takes with every method and both protocols on two cores, about. */
  readonly minutes: string;
}

export interface ExperimentDataset {
  readonly name: string; // in the registry
  /** What cells, tables and `--data` call it, where the same name is opened in several ways. Absent: its name. */
  readonly id?: string;
  /** Options of reading or generating it, the same for every method. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** The published table's name of it, the first word of its columns. Absent: the paper does not use it. */
  readonly column?: string;
  readonly limits: Readonly<Partial<Record<Budget, Limits>>>;
}

export const datasetId = ({ id, name }: ExperimentDataset): string => id ?? name;

export interface ExperimentMetric {
  /** By the name of results: `recall@20`. */
  readonly name: string;
  /** The published table's name of it. */
  readonly column?: string;
  /** Of the metric, where the paper defines it in its own way. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A table or a figure of a paper, as data: methods × data sets × axes, what is measured, shown and claimed. */
export interface Experiment {
  /** `table:II`, `figure:9`, `figure:3a`. */
  readonly id: string;
  readonly title: string;
  /** The first one chooses the epoch. */
  readonly metrics: readonly ExperimentMetric[];
  /** Under protocol `paper` each metric is reported at its own best epoch on the test part, as some papers do. */
  readonly eachMetricAtItsBest?: boolean;
  /** Those with limits for a budget are run where none is asked for; of `smoke` the first that is at hand. */
  readonly datasets: readonly ExperimentDataset[];
  readonly methods: readonly Method[];
  /**
   * The method whose users are paired with those of every other, or of each of the methods listed by it; no paired tests
   * where absent.
   */
  readonly reference?: string | Readonly<Record<string, readonly string[]>>;
  /** What varies beside methods and data: the first is a figure's x axis, the second its series or rows. */
  readonly axes?: readonly Axis[];
  readonly view: View;
  /** What the view needs of each trained model beside its metrics. */
  readonly probe?: Probe;
  readonly claims: readonly Claim[];
  /** Where this departs from the paper, by budget: a sentence each. */
  readonly departures: readonly Departure[];
}

export interface Departure {
  readonly text: string;
  /** Absent: always. */
  readonly budgets?: readonly Budget[];
  readonly protocols?: readonly Protocol[];
}
