import { type Batch, type IdMatrix, idMatrix, type PlainScores } from '@losslab/core';
import { Random } from '@losslab/kernels';
import { ensureClose } from '../assert.ts';
import type { Check } from '../check.ts';
import type { LossSubject } from './contract.ts';
import { largestMagnitude } from './differences.ts';
import { lossGradient, lossValue } from './evaluate.ts';
import { type LossCase, negativeColumns } from './fixture.ts';
import { arraysOf, mapArrays } from './scores.ts';
import { casesOf, shown } from './values.ts';

export function symmetryChecks(subject: LossSubject): Check[] {
  const { contract, make } = subject;
  const permutation: Check = {
    name: 'does not mind the order of a row’s negatives',
    run() {
      for (const example of casesOf(subject, make())) {
        if (example.shape.negatives === 'in-batch') continue;
        ensureEqualValue('with negatives in another order', subject, example, permuteNegatives(example));
      }
    },
  };
  const repetition: Check = {
    name: contract.reduction === 'sum' ? 'sums over rows' : 'is a mean over rows: a batch twice over has its value',
    run() {
      const factor = contract.reduction === 'sum' ? 2 : 1;
      for (const example of casesOf(subject, make())) {
        if (example.shape.negatives === 'in-batch') continue;
        ensureEqualValue('of the batch twice over', subject, example, twice(example), factor);
      }
    },
  };
  return contract.orderMatters ? [repetition] : [permutation, repetition];
}

function ensureEqualValue(what: string, { make }: LossSubject, one: LossCase, other: LossCase, factor = 1): void {
  const loss = make();
  const expected = factor * lossValue(loss, one);
  const allowed = { relative: 1e-5, absolute: 1e-5 * Math.max(1, largestMagnitude(arraysOf(one.scores).values())) };
  ensureClose(`the value ${what} at ${shown(one.shape)}`, [lossValue(loss, other)], [expected], allowed);
  const total = (example: LossCase): number[] =>
    [...lossGradient(loss, example).values()].map((gradient) => gradient.reduce((sum, g) => sum + g, 0));
  const sums = total(one).map((sum) => factor * sum);
  ensureClose(`the summed gradients ${what} at ${shown(one.shape)}`, total(other), sums, {
    relative: 1e-4,
    absolute: 1e-5,
  });
}

/** The same batch with every row's negatives shuffled: ids, scores and auxiliary scores alike. */
export function permuteNegatives(example: LossCase): LossCase {
  const { batch, scores, shape } = example;
  const [B, N] = [shape.rows, negativeColumns(shape)];
  const random = new Random({ seed: 11 });
  const from = Array.from({ length: B }, (_, row) =>
    [...random.permutation(N)].map((column) => row * N + column),
  ).flat();
  const negatives = batch.negatives as IdMatrix;
  return {
    shape,
    batch: {
      ...batch,
      negatives: idMatrix(
        Int32Array.from(from, (k) => negatives.data[k]!),
        N,
        B,
      ),
    },
    scores: mapArrays(scores, (values, path) => {
      return path.endsWith('negative') ? Float64Array.from(from, (k) => values[k]!) : values;
    }),
  };
}

/** The batch's rows, and then the same rows again. */
export function twice({ batch, scores, shape }: LossCase): LossCase {
  const ids = (array: Int32Array): Int32Array => Int32Array.of(...array, ...array);
  const matrix = (m: IdMatrix): IdMatrix => idMatrix(ids(m.data), m.columns, 2 * m.rows);
  const labelled = batch.labelled && {
    users: ids(batch.labelled.users),
    items: ids(batch.labelled.items),
    labels: Float32Array.of(...batch.labelled.labels, ...batch.labelled.labels),
  };
  const doubled: Batch = {
    ...batch,
    users: ids(batch.users),
    positives: matrix(batch.positives),
    negatives: batch.negatives === 'in-batch' ? 'in-batch' : matrix(batch.negatives),
    ...(labelled && { labelled }),
  };
  const both: PlainScores = mapArrays(scores, (values) => Float64Array.of(...values, ...values));
  return { batch: doubled, scores: both, shape: { ...shape, rows: 2 * shape.rows, labelled: 2 * shape.labelled } };
}
