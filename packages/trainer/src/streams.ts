import {
  type Dataset,
  knownKeys,
  type Loss,
  type Sampler,
  type SamplerDefinition,
  type Step,
  type StreamSpec,
} from '@losslab/core';
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
  for (const [index, spec] of step.streams.entries()) samplers[spec.name] = makeSampler(spec, index, named, options);
  return { named, samplers };
}

function makeSampler(spec: StreamSpec, stream: number, own: Named, options: StreamOptions): Sampler {
  const { run, step, dataset, plugins } = options;
  const chosen = chosenSampler(spec, own);
  const definition = findPlugin('sampler', chosen.name, plugins.samplers);
  const withPart = { ...chosen, ...partOptions(spec, step, definition) };
  const named = resolvePart(`sampler of stream ${spec.name},`, withPart, definition.options);
  return definition.create(optionsOf(named), {
    train: dataset.train,
    ...(dataset.labelled && { labelled: dataset.labelled.train }),
    batchSize: run.batchSize,
    ...(spec.source === 'positives'
      ? { positives: run.positives!, negatives: run.negatives! }
      : { positives: 0, negatives: run.negatives === 'in-batch' ? 0 : run.negatives! }),
    seed: run.seed,
    stream,
  });
}

/** The stream's own sampler, else the run's for positives and the one named like the source for the rest. */
function chosenSampler({ source, sampler }: StreamSpec, own: Named): Named {
  if (sampler !== undefined) return { ...sampler.options, name: sampler.name };
  if (source === 'positives') return own;
  return { name: source === 'unlabelled' ? 'unlabelled' : 'labelled' };
}

/** Which share of the labelled pairs a stream goes through, as options of its sampler. */
function partOptions({ source }: StreamSpec, { streams }: Step, { options }: SamplerDefinition): object {
  const holdOut = Math.max(...streams.map((stream) => stream.holdOut ?? 0));
  const isCut = source.startsWith('labelled') && knownKeys(options)?.includes('part') === true;
  return isCut ? { holdOut, part: source === 'labelled' ? 'kept' : 'held-out' } : {};
}
