import type {
  LossDefinition,
  MetricDefinition,
  ModelDefinition,
  SamplerDefinition,
  StepDefinition,
} from '@losslab/core';
import { unknownName } from '@losslab/core';

/** Everything a run can name. Programs hold the registry; the trainer only looks names up. */
export interface Plugins {
  readonly losses: Readonly<Record<string, LossDefinition>>;
  readonly models: Readonly<Record<string, ModelDefinition>>;
  readonly samplers: Readonly<Record<string, SamplerDefinition>>;
  readonly metrics: Readonly<Record<string, MetricDefinition>>;
  /** Procedures; the usual one has no name. */
  readonly steps?: Readonly<Record<string, StepDefinition>>;
}

/**
 * The entry of that name.
 * @param what kind of entry, for the message: `loss`.
 * @throws LosslabError `unknown-name`, naming the nearest known one.
 */
export function findPlugin<Definition>(
  what: string,
  name: string,
  known: Readonly<Record<string, Definition>>,
): Definition {
  const found = Object.hasOwn(known, name) ? known[name] : undefined;
  if (found === undefined) throw unknownName(what, name, Object.keys(known), 'trainer');
  return found;
}
