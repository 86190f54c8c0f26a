import {
  type Dataset,
  dataFacts,
  type IdMaps,
  type Interactions,
  LosslabError,
  type NamedArrays,
  type Ranker,
  type RunResult,
} from '@losslab/core';
import { RunFolder } from '#folder';
import { arraysOf, auxiliaryArrays } from './arrays.ts';
import { checkedRanker } from './checked-ranker.ts';
import type { Weights } from './checkpoint.ts';
import type { RunConfig } from './config.ts';
import type { PerUser } from './folder.ts';
import type { Parts } from './parts-file.ts';
import { findPlugin, type Plugins } from './plugins.ts';
import { optionsOf } from './resolve.ts';

/** A run read back from its folder: enough to recommend and to evaluate without its data. */
export interface LoadedRun {
  readonly config: RunConfig;
  /** Absent where the run was killed before it could write one. */
  readonly result?: RunResult;
  /** Test metrics user by user, for paired tests; absent as `result` is. */
  readonly perUser?: PerUser;
  /** Of the epoch whose weights these are. */
  readonly epoch: number;
  readonly ranker: Ranker;
  readonly ids: IdMaps;
  /** The parts of the data; `train` and `valid` are what recommendations leave out. */
  readonly train: Interactions;
  readonly valid?: Interactions;
  readonly test: Interactions;
  /** Training interactions that were injected as noise, where there are any. */
  readonly falsePositives?: Interactions;
  /** The labelled pairs of the parts, where the data had any. */
  readonly labelled?: NonNullable<Dataset['labelled']>;
  /** Copies of the model's parameters. */
  readonly arrays: NamedArrays;
  /** The same of the models that the loss brought along, by their names in its needs. */
  readonly auxiliary: Readonly<Record<string, NamedArrays>>;
  dispose(): void;
}

/**
 * Loads a run's best weights, on the active engine.
 * @throws LosslabError `bad-run` where the folder is no run, has no weights yet, or a file is missing or cut short.
 */
export async function loadRun(dir: string, plugins: Pick<Plugins, 'models'>): Promise<LoadedRun> {
  const folder = new RunFolder(dir);
  const record = folder.readRecord();
  if (record === undefined) throw noRun(dir, 'none', 'give the folder that --out named');
  const weights = bestWeights(folder, dir);
  const parts = folder.readParts();
  const arrays = arraysOf(weights.arrays, 'model');
  const ids = folder.readIds(parts.train);
  const model = makeModel(record.config, parts, plugins.models, arrays);
  const result = folder.readResult();
  const perUser = folder.readPerUser();
  return {
    config: record.config,
    ...(result && { result }),
    ...(perUser && { perUser }),
    epoch: weights.epoch,
    ranker: model.ranker,
    ids,
    ...parts,
    arrays,
    auxiliary: auxiliaryArrays(weights.arrays),
    dispose: model.dispose,
  };
}

/**
 * Best weights of the model of a run.
 * @throws LosslabError `bad-run` where the folder is no run, or has no weights yet.
 */
export function weightsOf(dir: string): NamedArrays {
  return arraysOf(bestWeights(new RunFolder(dir), dir).arrays, 'model');
}

function bestWeights({ checkpoints }: RunFolder, dir: string): Weights {
  const weights = checkpoints.load({ bestOnly: true })?.best;
  if (weights === undefined) throw noRun(dir, 'no weights yet', 'resume the run');
  return weights;
}

function makeModel(config: RunConfig, { train, labelled }: Parts, models: Plugins['models'], arrays: NamedArrays) {
  const definition = findPlugin('model', config.model.name, models);
  // A model that starts from other runs starts from its own weights here: these runs may be gone.
  const context = {
    facts: dataFacts(train),
    train,
    ...(labelled && { labelled: labelled.train }),
    seed: config.seed,
    weightsOf: () => arrays,
  };
  const model = definition.create(optionsOf(config.model), context);
  if (model.kind === 'fitted') model.load(arrays);
  else model.parameters.load(arrays);
  const ranker = checkedRanker(model, train);
  const dispose = () => {
    ranker.dispose();
    if (model.kind === 'step') model.parameters.dispose();
  };
  return { ranker, dispose };
}

function noRun(dir: string, got: string, remedy: string): LosslabError {
  return new LosslabError('bad-run', `[trainer] expected a run in ${dir}, got ${got}; ${remedy}`, { where: 'run' });
}
