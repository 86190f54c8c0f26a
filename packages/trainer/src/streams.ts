import type { Dataset, Loss, Sampler, Step, StreamSpec } from '@losslab/core';
import { streamSampler } from '@losslab/samplers';
import type { Named, RunConfig } from './config.ts';
import { findPlugin, type Plugins } from './plugins.ts';
import { optionsOf, resolvePart } from './resolve.ts';

export interface StreamOptions {
  /** With M and N filled in. */
  readonly run: RunConfig;
  readonly loss: Loss;
  readonly step: Step;
  readonly dataset: Dataset;
  readonly plugins: Plugins;
}

/** Makes the sampler of each of the procedure's streams, and resolves the run's own. */
export function makeSamplers(options: StreamOptions): { named: Named; samplers: Readonly<Record<string, Sampler>> } {
  const { run, loss, step, plugins } = options;
  const chosen = run.sampler ?? { name: loss.needs.labelled ? 'labelled' : 'uniform' };
  const named = resolvePart('sampler', chosen, findPlugin('sampler', chosen.name, plugins.samplers).options);
  const samplers: Record<string, Sampler> = {};
  try {
    for (const [index, spec] of step.streams.entries()) samplers[spec.name] = makeSampler(spec, index, named, options);
  } catch (error) {
    disposeSamplers(samplers);
    throw error;
  }
  return { named, samplers };
}

export function disposeSamplers(samplers: Readonly<Record<string, Sampler>>): void {
  for (const sampler of Object.values(samplers)) sampler.dispose?.();
}

function makeSampler(
  spec: StreamSpec,
  stream: number,
  own: Named,
  { run, step, dataset, plugins }: StreamOptions,
): Sampler {
  const context = {
    train: dataset.train,
    ...(dataset.labelled && { labelled: dataset.labelled.train }),
    batchSize: run.batchSize,
    positives: run.positives!,
    negatives: run.negatives!,
    seed: run.seed,
    stream,
  };
  const holdOut = Math.max(...step.streams.map((other) => other.holdOut ?? 0)); // one cut for all of them
  return streamSampler({ ...spec, holdOut }, { name: own.name, options: optionsOf(own) }, context, plugins.samplers);
}
