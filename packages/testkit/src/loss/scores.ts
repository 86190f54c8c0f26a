import type { PlainScores, Scores } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { type BatchShape, negativeColumns } from './fixture.ts';

/** Scores as nested arrays of float64 numbers, for naive loops. */
export interface NaiveScores {
  readonly positive: number[][]; // [B][M]
  readonly negative: number[][]; // [B][N]
  readonly labelled: number[]; // [L], empty where there are none
  readonly auxiliary: Readonly<Record<string, NaiveScores>>;
}

export function toNaive(scores: PlainScores, shape: BatchShape): NaiveScores {
  const auxiliary = Object.entries(scores.auxiliary ?? {}).map(([name, plain]) => [name, toNaive(plain, shape)]);
  return {
    positive: inRows(scores.positive, shape.rows, shape.positives),
    negative: inRows(scores.negative, shape.rows, negativeColumns(shape)),
    labelled: Array.from(scores.labelled ?? []),
    auxiliary: Object.fromEntries(auxiliary),
  };
}

function inRows(values: Float64Array, rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, (_, row) => Array.from(values.subarray(row * columns, (row + 1) * columns)));
}

/** Every array of the scores, the auxiliary ones included, by its path. */
export function arraysOf(scores: PlainScores, prefix = ''): Map<string, Float64Array> {
  const arrays = new Map<string, Float64Array>();
  for (const part of ['positive', 'negative', 'labelled'] as const) {
    const values = scores[part];
    if (values) arrays.set(prefix + part, values);
  }
  for (const [name, plain] of Object.entries(scores.auxiliary ?? {})) {
    for (const [path, values] of arraysOf(plain, `${prefix}auxiliary.${name}.`)) arrays.set(path, values);
  }
  return arrays;
}

/** The same scores with each array replaced. */
export function mapArrays(
  scores: PlainScores,
  change: (values: Float64Array, path: string) => Float64Array,
  prefix = '',
): PlainScores {
  const { labelled, auxiliary } = scores;
  return {
    positive: change(scores.positive, `${prefix}positive`),
    negative: change(scores.negative, `${prefix}negative`),
    ...(labelled && { labelled: change(labelled, `${prefix}labelled`) }),
    ...(auxiliary && {
      auxiliary: Object.fromEntries(
        Object.entries(auxiliary).map(([name, plain]) => [
          name,
          mapArrays(plain, change, `${prefix}auxiliary.${name}.`),
        ]),
      ),
    }),
  };
}

/** Float32 tensors of the scores, and a list of them in the order of `arraysOf`. */
export function toTensors(scores: PlainScores, shape: BatchShape): tf.Tensor[] {
  return [...arraysOf(scores)].map(([path, values]) => {
    if (path.endsWith('labelled')) return tf.tensor1d(Float32Array.from(values));
    const columns = path.endsWith('positive') ? shape.positives : negativeColumns(shape);
    return tf.tensor2d(Float32Array.from(values), [shape.rows, columns]);
  });
}

/** Puts tensors in the order of `arraysOf(like)` back into their places. */
export function fromTensors(like: PlainScores, tensors: readonly tf.Tensor[]): Scores {
  const rest = [...tensors];
  return take(like, rest);
}

function take(like: PlainScores, rest: tf.Tensor[]): Scores {
  const positive = rest.shift() as tf.Tensor2D;
  const negative = rest.shift() as tf.Tensor2D;
  const labelled = like.labelled ? { labelled: rest.shift() as tf.Tensor1D } : {};
  if (!like.auxiliary) return { positive, negative, ...labelled };
  const auxiliary = Object.entries(like.auxiliary).map(([name, plain]) => [name, take(plain, rest)]);
  return { positive, negative, ...labelled, auxiliary: Object.fromEntries(auxiliary) };
}
