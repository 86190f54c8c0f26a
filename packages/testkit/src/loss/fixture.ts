import {
  type Batch,
  type DataFacts,
  dataFacts,
  type Interactions,
  idMatrix,
  itemsOf,
  type Loss,
  type PlainScores,
} from '@losslab/core';
import { Random } from '@losslab/kernels';
import { smallInteractions } from '../data.ts';

/** How many columns and rows a batch has. */
export interface BatchShape {
  readonly rows: number; // B
  readonly positives: number; // M
  readonly negatives: number | 'in-batch'; // N
  readonly labelled: number; // L
}

/** A batch and scores that some model may have given it. */
export interface LossCase {
  readonly batch: Batch;
  readonly scores: PlainScores;
  readonly shape: BatchShape;
}

export type Draw = (random: Random) => number;

/** Uniform in [−1, 1]: cosines. */
export const cosines: Draw = (random) => 2 * random.float() - 1;
/** Normal with standard deviation 3: inner products. */
export const products: Draw = (random) => 3 * random.normal();

export const lossTrain: Interactions = smallInteractions();
export const lossFacts: DataFacts = dataFacts(lossTrain);

/** N as a number. */
export function negativeColumns({ rows, negatives }: BatchShape): number {
  return negatives === 'in-batch' ? rows - 1 : negatives;
}

export function makeBatch(shape: BatchShape, random: Random, train: Interactions = lossTrain): Batch {
  const { rows, positives, negatives, labelled } = shape;
  const active = Array.from({ length: train.userCount }, (_, u) => u).filter((u) => itemsOf(train, u).length > 0);
  const users = Int32Array.from({ length: rows }, () => active[random.int(active.length)]!);
  const likedBy = (u: number): number => itemsOf(train, u)[random.int(itemsOf(train, u).length)]!;
  const anyItem = (): number => random.int(train.itemCount);
  const liked = Int32Array.from({ length: rows * positives }, (_, k) => likedBy(users[Math.floor(k / positives)]!));
  const drawn = Int32Array.from({ length: rows * negativeColumns(shape) }, anyItem);
  const batch: Batch = {
    epoch: 1,
    step: 0,
    users,
    positives: idMatrix(liked, positives, rows),
    negatives: negatives === 'in-batch' ? negatives : idMatrix(drawn, negatives, rows),
  };
  if (labelled === 0) return batch;
  return {
    ...batch,
    labelled: {
      users: Int32Array.from({ length: labelled }, () => random.int(train.userCount)),
      items: Int32Array.from({ length: labelled }, anyItem),
      labels: Float32Array.from({ length: labelled }, (_, k) => k % 2),
    },
  };
}

/** Scores drawn at random, rounded to float32, for the model and for each of the loss's auxiliary ones. */
export function makeScores(loss: Loss, shape: BatchShape, random: Random, draw: Draw): PlainScores {
  const fill = (length: number): Float64Array => Float64Array.from({ length }, () => Math.fround(draw(random)));
  const one = (): PlainScores => ({
    positive: fill(shape.rows * shape.positives),
    negative: fill(shape.rows * negativeColumns(shape)),
    ...(shape.labelled > 0 && { labelled: fill(shape.labelled) }),
  });
  const names = Object.keys(loss.needs.auxiliary ?? {});
  if (names.length === 0) return one();
  return { ...one(), auxiliary: Object.fromEntries(names.map((name) => [name, one()])) };
}

export function makeCase(loss: Loss, shape: BatchShape, draw: Draw, seed: number, train?: Interactions): LossCase {
  const random = new Random({ seed });
  return { shape, batch: makeBatch(shape, random, train), scores: makeScores(loss, shape, random, draw) };
}

/** A case with scores of one's own, row by row. Labels are 0, 1, 0, 1 ... */
export function lossCase(shape: BatchShape, positive: number[], negative: number[], labelled: number[] = []): LossCase {
  const scores = {
    positive: Float64Array.from(positive),
    negative: Float64Array.from(negative),
    ...(labelled.length > 0 && { labelled: Float64Array.from(labelled) }),
  };
  return { shape, batch: makeBatch(shape, new Random({ seed: 1 })), scores };
}

/** A case with random scores, for a loss without auxiliary models. */
export function randomLossCase(shape: BatchShape, draw: Draw, seed = 1): LossCase {
  const random = new Random({ seed });
  const fill = (length: number): number[] => Array.from({ length }, () => Math.fround(draw(random)));
  const labelled = fill(shape.labelled);
  return lossCase(shape, fill(shape.rows * shape.positives), fill(shape.rows * negativeColumns(shape)), labelled);
}
