import {
  parseOptions,
  type Sampler,
  type SamplerContext,
  type SamplerDefinition,
  type StreamSpec,
  unknownName,
} from '@losslab/core';
import { labelled } from './labelled.ts';
import { samplers } from './registry.ts';
import { unlabelled } from './unlabelled.ts';

/** A sampler of the registry and its options, as they were written. */
export interface SamplerChoice {
  readonly name: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

type Known = Readonly<Record<string, SamplerDefinition>>;

/**
 * Makes a sampler from its name and options.
 * @throws LosslabError `unknown-name` for a sampler or an option that nobody knows, `bad-option` for a value.
 */
export function createSampler(
  { name, options }: SamplerChoice,
  context: SamplerContext,
  known: Known = samplers,
): Sampler {
  const definition = Object.hasOwn(known, name) ? known[name] : undefined;
  if (definition === undefined) throw unknownName('sampler', name, Object.keys(known), 'samplers');
  return definition.create(parseOptions(definition.options, options, `sampler ${name}`), context);
}

/**
 * The sampler of one of a procedure's streams: the spec's own where it names one, else by its source — `positives` the
 * run's, `labelled` and `labelled-held-out` the two parts that `holdOut` cuts, `unlabelled` unlabelled items. Streams of
 * labelled or unlabelled pairs have no positives, whatever M the run has. Number each stream of a run differently.
 */
export function streamSampler(spec: StreamSpec, usual: SamplerChoice, run: SamplerContext, known?: Known): Sampler {
  const context = { ...run, negatives: spec.negatives ?? run.negatives };
  if (spec.sampler !== undefined) return createSampler(spec.sampler, context, known);
  const pairs = { ...context, positives: 0, negatives: context.negatives === 'in-batch' ? 1 : context.negatives };
  const cut = (part: 'kept' | 'held-out'): Sampler =>
    labelled.create(parseOptions(labelled.options, { holdOut: spec.holdOut ?? 0, part }, `stream ${spec.name}`), pairs);
  switch (spec.source) {
    case 'positives':
      return createSampler(usual, context, known);
    case 'labelled':
      return cut('kept');
    case 'labelled-held-out':
      return cut('held-out');
    case 'unlabelled':
      return unlabelled.create(parseOptions(unlabelled.options, {}, `stream ${spec.name}`), pairs);
  }
}
