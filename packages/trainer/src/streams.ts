import type { Dataset, Sampler, Step, StreamSpec } from '@losslab/core';
import { streamSampler } from '@losslab/samplers';
import type { Named, RunConfig } from './config.ts';
import { findPlugin, type Plugins } from './plugins.ts';
import { optionsOf, resolvePart } from './resolve.ts';

/** The run's sampler with its options filled in. */
export function resolveSampler({ sampler }: RunConfig, wantsLabels: boolean, { samplers }: Plugins): Named {
  const chosen = sampler ?? { name: wantsLabels ? 'labelled' : 'uniform' };
  return resolvePart('sampler', chosen, findPlugin('sampler', chosen.name, samplers).options);
}

export interface StreamOptions {
  /** With the sampler, M and N filled in. */
  readonly config: RunConfig & { readonly sampler: Named };
  readonly step: Step;
  readonly dataset: Dataset;
  readonly plugins: Plugins;
}

/** The sampler of each of the procedure's streams. */
export function makeSamplers(options: StreamOptions): Readonly<Record<string, Sampler>> {
  const samplers: Record<string, Sampler> = {};
  try {
    for (const [index, spec] of options.step.streams.entries()) samplers[spec.name] = makeSampler(spec, index, options);
  } catch (error) {
    disposeSamplers(samplers);
    throw error;
  }
  return samplers;
}

export function disposeSamplers(samplers: Readonly<Record<string, Sampler>>): void {
  for (const sampler of Object.values(samplers)) sampler.dispose?.();
}

function makeSampler(spec: StreamSpec, stream: number, { config, step, dataset, plugins }: StreamOptions): Sampler {
  const context = {
    train: dataset.train,
    ...(dataset.labelled && { labelled: dataset.labelled.train }),
    batchSize: config.batchSize,
    positives: config.positives!,
    negatives: config.negatives!,
    seed: config.seed,
    stream,
  };
  const own = { name: config.sampler.name, options: optionsOf(config.sampler) };
  const holdOut = Math.max(...step.streams.map((other) => other.holdOut ?? 0)); // one cut for all of them
  return streamSampler({ ...spec, holdOut }, own, context, plugins.samplers);
}
