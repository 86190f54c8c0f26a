/** How the reported epoch was chosen: by the validation part, or (as some papers did) by the test part. */
export type Protocol = 'clean' | 'paper';

/** Means over users by metric and cut-off: `recall@20`. */
export type MetricValues = Readonly<Record<string, number>>;

export interface DatasetStatistics {
  readonly users: number;
  readonly items: number;
  readonly train: number; // interactions
  readonly valid: number;
  readonly test: number;
  readonly density: number; // of all parts together, 0..1
}

/** One epoch of training. Metrics are there for the epochs that were evaluated. */
export interface EpochRecord {
  readonly epoch: number; // from 1
  readonly loss: number; // mean over steps
  readonly learningRate: number;
  readonly seconds: number; // training alone
  /** What the procedure counted, summed over steps: `{ direct: 40, inverse: 12, pass: 7 }`. */
  readonly counts?: Readonly<Record<string, number>>;
  readonly valid?: MetricValues;
  readonly test?: MetricValues; // under protocol `paper` only
}

export interface EngineInfo {
  readonly name: string; // `simd`
  readonly build?: string; // of the kernels: `simd`, `relaxed` or `wide`
  readonly threads: number;
}

/** Behind metrics of labelled pairs. */
export interface LabelledCounts {
  readonly pairs: number;
  /** Users with pairs of both labels, over whom GAUC, NDCG and MRR are means. */
  readonly userCount: number;
  /** Users with pairs of one label only, left out of those means. */
  readonly oneClassUserCount: number;
}

/** A name from a registry and its options, as resolved. */
export interface Choice {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The machine that a run ran on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
}

/** A commit that a git checkout was at. */
export interface Checkout {
  readonly commit: string;
  /** Whether tracked files differed from it. */
  readonly modified: boolean;
}

/** One process's share of a run: a run that was interrupted and gone on with has several. */
export interface Session {
  readonly startedAt: string; // ISO 8601
  /** The epoch in which it began. */
  readonly epoch: number;
  /** The command as it was typed; absent where a program called. */
  readonly command?: string;
  readonly engine: EngineInfo;
  /** Of losslab's packages, tfjs, Node and what was loaded besides. */
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: Machine;
  /** Where losslab's own source, or the working directory, lies in a git checkout. */
  readonly git?: { readonly losslab?: Checkout; readonly project?: Checkout };
}

/** Everything a run leaves behind but its weights: `result.json` in its folder. */
export interface RunResult {
  readonly format: 'losslab-run/1';
  readonly status: 'finished' | 'interrupted';
  readonly dataset: {
    readonly name: string;
    readonly checksum: string; // SHA-256 of the files that the data came from
    /** SHA-256 of all parts as they were split, and of the test part alone; absent in results of earlier versions. */
    readonly split?: string;
    readonly testPart?: string;
    readonly statistics: DatasetStatistics;
    readonly provenance: readonly string[];
  };
  readonly model: Choice;
  readonly loss?: Choice; // absent for fitted models
  readonly sampler?: Choice;
  /** Absent: one gradient and one update a batch. */
  readonly step?: Choice;
  readonly optimizer?: Choice;
  /** How the optimizer updated each table, by a fixed rule on the sizes: `Optimizer.passes`. */
  readonly passes?: Readonly<Record<string, 'dense' | 'deferred'>>;
  readonly protocol: Protocol;
  readonly seed: number;
  /** Epochs trained; 0 for fitted models. */
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly stoppedBy: 'epochs' | 'patience' | 'interrupt' | 'fit';
  /** Test metrics at `bestEpoch`. */
  readonly metrics: MetricValues;
  /** The best epoch of each metric separately, where the protocol chooses so. */
  readonly metricEpochs?: Readonly<Record<string, number>>;
  readonly validation?: MetricValues;
  /** How each metric was computed, by its name without the cut-off. */
  readonly definitions: Readonly<Record<string, string>>;
  readonly evaluatedUserCount: number;
  /** Users without test items, left out of every mean. */
  readonly leftOutUserCount: number;
  /** Of the test part, where metrics of labelled pairs were measured. */
  readonly labelled?: LabelledCounts;
  readonly curve: readonly EpochRecord[];
  readonly seconds: { readonly load: number; readonly train: number; readonly evaluate: number };
  readonly millisecondsPerStep?: number; // median
  readonly steps: number;
  readonly peakMemoryBytes: number;
  readonly engine: EngineInfo;
  /** The whole configuration, defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly versions: Readonly<Record<string, string>>; // as in the last of `sessions`
  readonly machine: Machine;
  /** The processes that trained it, first one first; absent in results of earlier versions. */
  readonly sessions?: readonly Session[];
  /** Where this run departs from the paper it reproduces, a sentence each. */
  readonly departures?: readonly string[];
  readonly startedAt?: string; // ISO 8601; of the first session
  readonly finishedAt: string;
}

/** What training tells while it runs; the command draws its progress from these. */
export type TrainEvent =
  | {
      readonly kind: 'start';
      readonly epochs: number;
      readonly stepsPerEpoch: number;
      /** The metric that chooses the epoch. */
      readonly stopOn: string;
      readonly resumedAt?: number;
      /** What the checkpoint holds that it goes on from: whole epochs, steps in the one after, steps in all. */
      readonly done?: { readonly epochs: number; readonly step: number; readonly steps: number };
      /** The whole configuration, defaults filled in. */
      readonly options?: Readonly<Record<string, unknown>>;
      readonly dataset?: { readonly name: string; readonly checksum: string };
      readonly session?: Session;
    }
  | {
      readonly kind: 'step';
      readonly epoch: number;
      readonly step: number; // from 0
      readonly steps: number; // in this epoch
      readonly loss: number;
      readonly learningRate?: number;
      readonly milliseconds: number;
      readonly counts?: Readonly<Record<string, number>>;
    }
  | { readonly kind: 'epoch'; readonly record: EpochRecord }
  | {
      readonly kind: 'evaluate';
      readonly epoch: number;
      readonly part: 'valid' | 'test';
      readonly metrics: MetricValues;
    }
  | { readonly kind: 'best'; readonly epoch: number; readonly metric: string; readonly value: number }
  | { readonly kind: 'checkpoint'; readonly epoch: number; readonly path: string }
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'finish'; readonly result: RunResult };
