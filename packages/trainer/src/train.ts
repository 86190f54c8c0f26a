import type { Dataset, RunResult, Step, TrainEvent } from '@losslab/core';
import type { RunConfigInput } from './config.ts';
import { selectEngine } from './engine.ts';
import type { RunSurroundings } from './parts.ts';
import type { Plugins } from './plugins.ts';
import { prepare } from './prepare.ts';
import { trainParts } from './train-parts.ts';

export interface TrainOptions extends RunSurroundings {
  readonly config: RunConfigInput;
  readonly dataset: Dataset;
  /** What the configuration's names mean. */
  readonly plugins: Plugins;
  /** A procedure of the program's own, in place of the one that the configuration names. */
  readonly step?: Step;
}

/**
 * Trains and evaluates what a configuration describes; yields what happens and returns the result. Where the
 * configuration names an engine, that engine is made the active one first.
 * @throws LosslabError as `prepare` and `trainParts` do.
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainEvent, RunResult> {
  const { config, dataset, plugins, step, ...surroundings } = options;
  const warning = await selectEngine(config);
  const parts = prepare({ config, dataset, plugins, ...(step && { step }) });
  try {
    if (warning !== undefined) yield { kind: 'warning', message: warning };
    return yield* trainParts({ ...parts, ...surroundings });
  } finally {
    parts.dispose();
  }
}
