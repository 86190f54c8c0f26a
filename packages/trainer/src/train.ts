import type {
  Dataset,
  IdMaps,
  Interactions,
  Loss,
  MetricValues,
  Model,
  Optimizer,
  Parameters,
  Ranker,
  RunResult,
  Sampler,
  Step,
  StepModel,
  TrainEvent,
} from '@losslab/core';
import type { RunConfig, RunConfigInput } from './config.ts';
import type { Plugins } from './plugins.ts';

/** What the trainer adds to a configuration: places, interruption, procedures. */
export interface RunSurroundings {
  /** The run's folder. Absent: nothing is written. It must be empty or new, unless `resume` is set. */
  readonly out?: string;
  /** Go on from the folder's last checkpoint; start afresh where there is none yet. */
  readonly resume?: boolean;
  /** Aborting finishes the step, saves, and ends the run with status `interrupted`. */
  readonly signal?: AbortSignal;
  /** How batches become updates. Default: one gradient and one update a batch. */
  readonly step?: Step;
  /** Sentences for the report: where this run departs from the paper it reproduces. */
  readonly departures?: readonly string[];
  /** Seconds that opening the data took, for the result. */
  readonly loadSeconds?: number;
}

export interface TrainOptions extends RunSurroundings {
  readonly config: RunConfigInput;
  readonly dataset: Dataset;
  readonly plugins: Plugins;
}

/** A run's parts, ready-made. `train` makes them from a configuration; a program may bring its own. */
export interface TrainParts {
  readonly config: RunConfig;
  readonly dataset: Dataset;
  readonly metrics: Plugins['metrics'];
  readonly model: Model;
  /** What a step model needs besides; absent for fitted ones. */
  readonly training?: {
    readonly loss: Loss;
    /** Makes the sampler of a stream; the step's streams are told apart by number. */
    readonly sampler: Sampler;
    readonly auxiliary: Readonly<Record<string, StepModel>>;
    readonly parameters: Parameters;
    readonly optimizer: Optimizer;
  };
  dispose(): void;
}

/** A run read back from its folder: enough to recommend and to evaluate without its data. */
export interface LoadedRun {
  readonly result: RunResult;
  readonly config: RunConfig;
  readonly ranker: Ranker;
  readonly ids: IdMaps;
  /** The parts of the data set as they were; `train` and `valid` are what recommendations leave out. */
  readonly train: Interactions;
  readonly valid?: Interactions;
  readonly test: Interactions;
  dispose(): void;
}

export interface SeedsResult {
  readonly runs: readonly RunResult[];
  readonly mean: MetricValues;
  /** Sample standard deviation (n − 1); 0 with one seed. */
  readonly sd: MetricValues;
}

/** Trains and evaluates; yields what happens, returns the result. */
export type Train = (options: TrainOptions) => AsyncGenerator<TrainEvent, RunResult>;
/** The same with ready-made parts, which stay the caller's: the model holds its best weights at the end. */
export type TrainWithParts = (
  parts: TrainParts,
  surroundings?: RunSurroundings,
) => AsyncGenerator<TrainEvent, RunResult>;
/** One run a seed, one after the other, in `out/seed-<n>`. */
export type TrainSeeds = (
  options: TrainOptions & { readonly seeds: readonly number[] },
) => AsyncGenerator<{ readonly seed: number; readonly event: TrainEvent }, SeedsResult>;
/** Checks everything that can be checked before the first step and fills in every default. */
export type Prepare = (options: { config: RunConfigInput; dataset: Dataset; plugins: Plugins }) => TrainParts;
/** @throws LosslabError `bad-run` where the folder is no run, or a file of it is missing or cut short. */
export type LoadRun = (dir: string, plugins: Plugins) => LoadedRun;
/** Runs a generator to its end, handing each event to `onEvent`. */
export type Finish = <Event, Result>(
  events: AsyncGenerator<Event, Result>,
  onEvent?: (event: Event) => void,
) => Promise<Result>;
