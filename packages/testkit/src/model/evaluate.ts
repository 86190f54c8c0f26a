import type { Batch, NamedArrays, ScoreContext, Scores, StepModel } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';

export const atRest: ScoreContext = { training: false, seed: 1 };

export interface ScoreValues {
  readonly positive: Float32Array;
  readonly negative: Float32Array;
  readonly labelled: Float32Array; // empty where there are none
  /** Shapes in the same order. */
  readonly shapes: readonly (readonly number[])[];
}

/** Scores read back. */
export function scoreValues(model: StepModel, batch: Batch, context: ScoreContext = atRest): ScoreValues {
  let values: ScoreValues | undefined;
  tf.tidy(() => {
    const { positive, negative, labelled } = model.score(batch, context);
    values = {
      positive: positive.dataSync<'float32'>().slice(),
      negative: negative.dataSync<'float32'>().slice(),
      labelled: labelled ? labelled.dataSync<'float32'>().slice() : new Float32Array(0),
      shapes: [positive.shape, negative.shape, ...(labelled ? [labelled.shape] : [])],
    };
  });
  return values!;
}

/**
 * A scalar of the model to differentiate: scores weighed by sin(k + 1) so that every score counts differently and the
 * model's own curvature is all there is, plus the penalty.
 */
export function weighedScores(model: StepModel, batch: Batch): tf.Scalar {
  const { positive, negative, labelled }: Scores = model.score(batch, atRest);
  const parts = [positive, negative, ...(labelled ? [labelled] : [])].filter((part) => part.size > 0);
  const terms = parts.map((part) => {
    const weights = Float32Array.from({ length: part.size }, (_, k) => Math.sin(k + 1));
    return tf.sum<tf.Scalar>(tf.mul(tf.reshape(part, [part.size]), tf.tensor1d(weights)));
  });
  if (model.penalty) terms.push(model.penalty(batch));
  return tf.addN(terms);
}

export function weighedValue(model: StepModel, batch: Batch): number {
  return tf.tidy(() => weighedScores(model, batch).dataSync()[0]!);
}

/** Copies of arrays that can be written. */
export function copyArrays(arrays: NamedArrays): Record<string, { shape: readonly number[]; data: Float32Array }> {
  const copies = Object.entries(arrays).map(([name, { shape, data }]) => [
    name,
    { shape, data: Float32Array.from(data) },
  ]);
  return Object.fromEntries(copies);
}
