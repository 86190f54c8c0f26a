import { type Batch, type IdMatrix, idMatrix, interactionsFromTable, negativeIds } from '@losslab/core';
import { type BatchShape, type LossCase, type NaiveScores, products, randomLossCase } from '@losslab/testkit';
import { mean, softmax } from './naive.ts';

/** Users 0-3, items 0-7, ratings 1-5; item 7 nobody touched, item 0 everybody. */
export const ratedTrain = interactionsFromTable({
  userCount: 4,
  itemCount: 8,
  users: Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3),
  items: Int32Array.of(0, 1, 2, 0, 3, 4, 0, 5, 0, 6, 2),
  ratings: Float32Array.of(5, 3, 1, 4, 2, 5, 3, 4, 4, 1, 2),
});

const degrees = [4, 1, 2, 1, 1, 1, 1, 0];
const meanRatings = [4, 3, 1.5, 2, 5, 4, 1, 0];
const overall = (4 + 3 + 1.5 + 2 + 5 + 4 + 1) / 7;

const popularity = (item: number): number => Math.log(1 + degrees[item]!) / Math.log(1 + 4);
const quality = (item: number): number =>
  degrees[item] === 0 ? 0.5 : 1 / (1 + Math.exp(-(meanRatings[item]! - overall) / 0.2));
const floored = (x: number): number => Math.max(x, 1e-12);

export const options = {
  cPos: 3,
  cNeg: 2,
  rarity: 0.3,
  quality: 0.8,
  positiveHardness: 0.4,
  popularity: 0.6,
  badness: 0.7,
  negativeHardness: 0.5,
};

const centred = (s: readonly number[], sign: number): number[] => {
  const average = s.reduce((sum, x) => sum + x, 0) / s.length;
  return s.map((x) => (sign * (x - average)) / 0.5);
};

/** α = softmax(s/c_pos + ln π⁺), with π⁺ written out. */
export function alphaOf(s: readonly number[], items: readonly number[]): number[] {
  const hardness = softmax(centred(s, -1));
  const prior = items.map(
    (item, m) => floored(1 - popularity(item)) ** 0.3 * quality(item) ** 0.8 * hardness[m]! ** 0.4,
  );
  return softmax(s.map((x, m) => x / 3 + Math.log(prior[m]!)));
}

/** β = softmax(−s/c_neg + ln π⁻), with π⁻ written out. */
export function betaOf(s: readonly number[], items: readonly number[]): number[] {
  const hardness = softmax(centred(s, 1));
  const prior = items.map(
    (item, n) => floored(popularity(item)) ** 0.6 * (1 - quality(item)) ** 0.7 * hardness[n]! ** 0.5,
  );
  return softmax(s.map((x, n) => -x / 2 + Math.log(prior[n]!)));
}

/** A row's loss with its weights as arguments: what is left to differentiate when α and β are held fixed. */
export type RowLoss = (s: readonly number[], t: readonly number[], alpha: number[], beta: number[]) => number;

/** Central differences of the mean of `row` over a batch's rows, α and β staying as they are at `scores`. */
export function fixedWeightSlopes({ positive, negative }: Rows, batch: Batch, row: RowLoss): Rows {
  const step = 1e-5;
  const B = positive.length;
  const slopes = (b: number, which: 'positive' | 'negative'): number[] => {
    const [s, t] = [positive[b]!, negative[b]!];
    const [alpha, beta] = [alphaOf(s, itemsOf(batch.positives, b)), betaOf(t, itemsOf(negativeIds(batch), b))];
    const moved = (x: readonly number[], k: number, by: number): number[] => x.map((v, c) => (c === k ? v + by : v));
    const at = (k: number, by: number): number =>
      which === 'positive' ? row(moved(s, k, by), t, alpha, beta) : row(s, moved(t, k, by), alpha, beta);
    return (which === 'positive' ? s : t).map((_, k) => (at(k, step) - at(k, -step)) / (2 * step) / B);
  };
  return {
    positive: positive.map((_, b) => slopes(b, 'positive')),
    negative: negative.map((_, b) => slopes(b, 'negative')),
  };
}

/** The mean of `row` over a batch's rows. */
export function naiveLoss(row: RowLoss): (scores: Rows, batch: Batch) => number {
  return ({ positive, negative }, batch) =>
    mean(
      positive.map((s, b) => {
        const t = negative[b]!;
        return row(s, t, alphaOf(s, itemsOf(batch.positives, b)), betaOf(t, itemsOf(negativeIds(batch), b)));
      }),
    );
}

/** A batch of `ratedTrain`'s items with random scores. */
export function ratedCase(shape: BatchShape): LossCase {
  const { batch, scores } = randomLossCase(shape, products, 4);
  const known = ({ data, columns, rows }: IdMatrix): IdMatrix =>
    idMatrix(
      data.map((item) => item % ratedTrain.itemCount),
      columns,
      rows,
    );
  return {
    shape,
    scores,
    batch: { ...batch, positives: known(batch.positives), negatives: known(negativeIds(batch)) },
  };
}

/** Scores as rows of numbers. */
export function inRows({ scores, shape }: LossCase): Rows {
  const rowsOf = (x: Float64Array): number[][] => {
    const columns = x.length / shape.rows;
    return Array.from({ length: shape.rows }, (_, b) => [...x.subarray(b * columns, (b + 1) * columns)]);
  };
  return { positive: rowsOf(scores.positive), negative: rowsOf(scores.negative) };
}

type Rows = Pick<NaiveScores, 'positive' | 'negative'>;

function itemsOf({ data, columns }: IdMatrix, row: number): number[] {
  return [...data.subarray(row * columns, (row + 1) * columns)];
}
