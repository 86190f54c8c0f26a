import type { EngineName } from '@losslab/backend';
import type { Batch, ColumnRange, Interactions, Loss, LossDefinition } from '@losslab/core';
import { dataFacts, parseOptions } from '@losslab/core';
import { type BatchShape, type Draw, lossTrain } from './fixture.ts';
import type { NaiveScores } from './scores.ts';

/** The loss as a plain double loop over float64 numbers: a second, independent derivation. */
export type Naive = (scores: NaiveScores, batch: Batch) => number;

/** What a loss's test tells the contract. */
export interface LossContract {
  /** As a user would write them; the schema's defaults fill in the rest. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly naive: Naive;
  /** Options that must be refused, each with a part of the message: its range and equation. */
  readonly refuses?: readonly (readonly [Readonly<Record<string, unknown>>, string])[];
  /** Shapes of what inspect() returns, by name, in B, M, N, L and numbers. */
  readonly inspects?: Readonly<Record<string, readonly (Dimension | number)[]>>;
  /** Whether a batch that is there twice counts once (`mean`, the usual) or twice. */
  readonly reduction?: 'mean' | 'sum';
  /** Magnitudes of scores at which value and gradient must be finite. Default: 1, 50 and 1e4. */
  readonly extremes?: readonly number[];
  /** Whether the order of a row's negatives may matter. */
  readonly orderMatters?: boolean;
  /** How scores are drawn. Default: as cosines and as inner products, one after the other. */
  readonly draw?: Draw;
  /** Of values and gradients, against float64. Default: 1e-5 and 1e-4 of the largest. */
  readonly tolerance?: { readonly value?: number; readonly gradient?: number };
  /** Labelled pairs in a batch. Default: 6 where the loss needs them, else none. */
  readonly labelled?: number;
  /** Training data behind the loss's facts and its batches. */
  readonly train?: Interactions;
  /** Default: `simd`. */
  readonly engines?: readonly EngineName[];
}

export type Dimension = 'B' | 'M' | 'N' | 'L';

/** A loss made as its contract says, with the shapes of batch that its needs allow. */
export interface LossSubject {
  readonly definition: LossDefinition;
  readonly contract: LossContract;
  readonly train: Interactions;
  /** Made anew at each call. */
  make(): Loss;
}

export function lossSubject(definition: LossDefinition, contract: LossContract): LossSubject {
  const train = contract.train ?? lossTrain;
  const facts = dataFacts(train);
  const make = (): Loss =>
    definition.create(parseOptions(definition.options, contract.options, `loss ${definition.name}`), facts);
  return { definition, contract, train, make };
}

/** Batches that the loss can use: a few columns of each kind, as few as can be, one row, and in-batch negatives. */
export function shapesOf({ needs }: Loss, contract: LossContract): BatchShape[] {
  const { positives: m, negatives: n, inBatch } = needs;
  const labelled = contract.labelled ?? (needs.labelled ? 6 : 0);
  const shapes: BatchShape[] = [
    { rows: 6, positives: few(m), negatives: few(n), labelled },
    { rows: 3, positives: m.least, negatives: n.least, labelled },
    { rows: 1, positives: few(m), negatives: few(n), labelled },
  ];
  if (inBatch) shapes.push({ rows: 5, positives: Math.max(1, m.least), negatives: 'in-batch', labelled });
  return shapes.filter((shape) => shape.positives > 0 || shape.negatives !== 0 || shape.labelled > 0);
}

/** Three columns or so: the usual number where that is small, and within the range. */
function few({ least, usual, most = 5 }: ColumnRange): number {
  return Math.max(least, Math.min(5, Math.max(usual, least + 2), most));
}
