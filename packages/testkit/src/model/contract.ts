import type { EngineName } from '@losslab/backend';
import {
  dataFacts,
  type Interactions,
  type Model,
  type ModelContext,
  type ModelDefinition,
  parseOptions,
  type StepModel,
} from '@losslab/core';
import { ensure } from '../assert.ts';
import { smallInteractions } from '../data.ts';

/** What a model's test tells the contract. */
export interface ModelContract {
  /** As a user would write them; the schema's defaults fill in the rest. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Whether it tells users apart. Popularity does not, and is excused from the checkerboard. */
  readonly personalised?: boolean;
  /** How the checkerboard is learnt. */
  readonly learning?: { readonly learningRate?: number; readonly epochs?: number };
  /** Options under which the model drops entries at random, on top of `options`; absent: it never does. */
  readonly dropout?: Readonly<Record<string, unknown>>;
  /** What the ranker's scores have to do with score()'s. Default: the same values. */
  readonly ranks?: 'values' | 'order' | 'otherwise';
  /** Options that must be refused, each with a part of the message. */
  readonly refuses?: readonly (readonly [Readonly<Record<string, unknown>>, string])[];
  /** Of gradients, against differences, as a share of the largest slope. Default: 2e-3. */
  readonly tolerance?: number;
  /**
   * Whether scores have kinks (ReLU): slopes whose differences a kink spoils are then passed over, at most half of a parameter's.
   */
  readonly kinks?: boolean;
  /** Default: `simd`. */
  readonly engines?: readonly EngineName[];
}

export interface MakeOptions {
  readonly train?: Interactions;
  readonly seed?: number;
  readonly scope?: string;
  /** On top of the contract's. */
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface ModelSubject {
  readonly definition: ModelDefinition;
  readonly contract: ModelContract;
  make(options?: MakeOptions): Model;
  /** As `make`, for a model that is trained by steps. */
  makeStep(options?: MakeOptions): StepModel;
}

export const modelTrain: Interactions = smallInteractions();

export function modelSubject(definition: ModelDefinition, contract: ModelContract): ModelSubject {
  const make = ({ train = modelTrain, seed = 1, scope, options }: MakeOptions = {}): Model => {
    const given = { ...contract.options, ...options };
    const context: ModelContext = { facts: dataFacts(train), train, seed, ...(scope !== undefined && { scope }) };
    return definition.create(parseOptions(definition.options, given, `model ${definition.name}`), context);
  };
  const makeStep = (options?: MakeOptions): StepModel => {
    const model = make(options);
    ensure(model.kind === 'step', 'a model trained by steps', () => model.kind);
    return model as StepModel;
  };
  return { definition, contract, make, makeStep };
}
