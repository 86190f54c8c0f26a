import {
  type Batch,
  type Interactions,
  type LabelledPairs,
  parseOptions,
  type Sampler,
  type SamplerContext,
  type SamplerDefinition,
} from '@losslab/core';
import { smallInteractions } from '../data.ts';

/** What a sampler's test tells the contract. */
export interface SamplerContract {
  /** As a user would write them; the schema's defaults fill in the rest. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** M. Default: 2. */
  readonly positives?: number;
  /** N. Default: 3. */
  readonly negatives?: number | 'in-batch';
  /** For samplers that go through labelled pairs. */
  readonly labelled?: LabelledPairs;
  /** Whether an epoch visits every observed positive (or labelled pair) once, the usual, or draws them. */
  readonly epoch?: 'once' | 'drawn';
  /**
   * How often a row's negative is that item: a weight, scaled to a probability over all items. Default: uniform over the
   * items that the sampler does not exclude. null: not stated (in-batch negatives, negatives chosen by score).
   */
  readonly law?: ((user: number, item: number, train: Interactions) => number) | null;
  /** Options that must be refused, each with a part of the message. */
  readonly refuses?: readonly (readonly [Readonly<Record<string, unknown>>, string])[];
}

export interface SamplerSubject {
  readonly definition: SamplerDefinition;
  readonly contract: SamplerContract;
  make(changes?: Partial<SamplerContext>): Sampler;
}

export const samplerTrain: Interactions = smallInteractions();
export const BATCH_SIZE = 8;

export function samplerSubject(definition: SamplerDefinition, contract: SamplerContract): SamplerSubject {
  const make = (changes: Partial<SamplerContext> = {}): Sampler => {
    const context: SamplerContext = {
      train: samplerTrain,
      ...(contract.labelled && { labelled: contract.labelled }),
      batchSize: BATCH_SIZE,
      positives: contract.positives ?? 2,
      negatives: contract.negatives ?? 3,
      seed: 1,
      stream: 0,
      ...changes,
    };
    const options = parseOptions(definition.options, contract.options, `sampler ${definition.name}`);
    return definition.create(options, context);
  };
  return { definition, contract, make };
}

/** All numbers of a batch, so that two can be compared and kept. */
export function batchNumbers({ epoch, step, users, positives, negatives, labelled }: Batch): number[] {
  const drawn = negatives === 'in-batch' ? [-1] : [negatives.rows, negatives.columns, ...negatives.data];
  const pairs = labelled ? [...labelled.users, ...labelled.items, ...labelled.labels] : [];
  return [epoch, step, ...users, positives.rows, positives.columns, ...positives.data, ...drawn, ...pairs];
}

/** Every batch of some epochs, one after the other; an array of it lasts until the next one. */
export function* batchesOf(sampler: Sampler, epochs: readonly number[]): Generator<Batch> {
  for (const epoch of epochs) for (let step = 0; step < sampler.steps; step++) yield sampler.propose(epoch, step);
}
