import type { Dataset, Loss, Model, Optimizer, Parameters, Sampler, Step, StepModel } from '@losslab/core';
import type { RunConfigInput } from './config.ts';
import type { LogTarget } from './log/log.ts';
import type { Plugins } from './plugins.ts';

/** What surrounds a run: its place, its interruption, and what its report should say. */
export interface RunSurroundings {
  /** The run's folder. Absent: nothing is written. It holds no run yet, unless `resume` is set. */
  readonly out?: string;
  /** Go on from the folder's last checkpoint; begin a new run where there is none. */
  readonly resume?: boolean;
  /** Aborting finishes the step, saves, and ends the run with status `interrupted`. */
  readonly signal?: AbortSignal;
  /** Sentences for the report: where this run departs from the paper it reproduces. */
  readonly departures?: readonly string[];
  /** The command as it was typed, for the result. */
  readonly command?: string;
  /** Versions of packages that the run uses besides those below the trainer, for the result. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Where to log the run's events. */
  readonly log?: readonly LogTarget[];
  /** Seconds that opening the data took, for the result. */
  readonly loadSeconds?: number;
}

/** A run's parts, ready-made. `prepare` makes them from a configuration; a program may bring its own. */
export interface TrainParts extends RunSurroundings {
  readonly dataset: Dataset;
  readonly model: Model;
  /** Needed for step models, as `sampler` and `optimizer`. */
  readonly loss?: Loss;
  /** Feeds the procedure's first stream. */
  readonly sampler?: Sampler;
  readonly optimizer?: Optimizer;
  /** Fresh optimizers by name and learning rate, over `parameters`; for procedures with inner ones. */
  readonly freshOptimizer?: (name: string, learningRate: number) => Optimizer;
  /** Models that the loss brings along, by their names in its needs. */
  readonly auxiliary?: Readonly<Record<string, StepModel>>;
  /** Everything that training moves. Default: the model's own parameters. */
  readonly parameters?: Parameters;
  /** How batches become updates. Default: one gradient and one update a batch. */
  readonly step?: Step;
  /** Samplers of the procedure's further streams, by stream. */
  readonly streams?: Readonly<Record<string, Sampler>>;
  /** Default: those of @losslab/metrics. */
  readonly metrics?: Plugins['metrics'];
  /** Epochs, patience, evaluation and so on. Names of parts are taken from the parts. */
  readonly config?: RunConfigInput;
}

/** Parts that `prepare` made. */
export interface PreparedParts extends TrainParts {
  readonly config: RunConfigInput;
  /** Frees models and optimizers. */
  dispose(): void;
}
