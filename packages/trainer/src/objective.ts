import type { Batch, Loss, ScoreFn, Scores, ScoreView, StepModel } from '@losslab/core';
import { idMatrix } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { checkedScalar, checkedScores } from './contract.ts';

export interface ObjectiveParts {
  readonly model: StepModel;
  readonly auxiliary: Readonly<Record<string, StepModel>>;
  readonly loss: Loss;
  readonly seed: number;
}

/** loss(scores) + Σ penalty, as a function for the tape; the loss sees the batch, or the view of it. */
export function objective(parts: ObjectiveParts, batch: Batch, view?: ScoreView): () => tf.Scalar {
  return () => {
    const terms = termsOf(parts, batch, true, view);
    return terms.reduce((sum, term) => tf.add(sum, term));
  };
}

/** The same without tape or dropout, its terms summed in float64. */
export function objectiveValue(parts: ObjectiveParts, batch: Batch): number {
  const values: number[] = [];
  tf.tidy(() => {
    const terms = termsOf(parts, batch, false);
    values.push(...terms.map((term) => term.dataSync()[0]!));
  });
  return values.reduce((sum, value) => sum + value, 0);
}

/** Scores of the batch's pairs by the model and by each auxiliary one. */
export function scoresOf({ model, auxiliary, seed }: ObjectiveParts, batch: Batch, training: boolean): Scores {
  const context = { training, seed };
  const scores = checkedScores(model.score(batch, context), batch, { kind: 'model', name: model.name }, 'score');
  const names = Object.keys(auxiliary);
  if (names.length === 0) return scores;
  return {
    ...scores,
    auxiliary: Object.fromEntries(names.map((name) => [name, auxiliary[name]!.score(batch, context)])),
  };
}

/** Current scores off the tape and without dropout, for `refine`. */
export function scoreFn(model: StepModel, seed: number): ScoreFn {
  return (users, items) => {
    const negatives = idMatrix(new Int32Array(0), 0, users.length);
    const batch: Batch = { epoch: 0, step: 0, users, positives: items, negatives };
    let values = new Float32Array(0);
    tf.tidy(() => {
      values = model.score(batch, { training: false, seed }).positive.dataSync() as Float32Array<ArrayBuffer>;
    });
    return values;
  };
}

function termsOf(parts: ObjectiveParts, batch: Batch, training: boolean, view?: ScoreView): tf.Scalar[] {
  const { name } = parts.loss;
  const scores = scoresOf(parts, batch, training);
  const value = parts.loss.compute(view ? viewed(scores, view) : scores, view?.batch ?? batch);
  return [checkedScalar(value, { kind: 'loss', name }, 'compute'), ...penalties(parts, batch)];
}

function viewed({ auxiliary, ...scores }: Scores, view: ScoreView): Scores {
  const seen = view.scores(scores);
  if (auxiliary === undefined) return seen;
  const others = Object.entries(auxiliary).map(([name, of]) => [name, view.scores(of)]);
  return { ...seen, auxiliary: Object.fromEntries(others) };
}

function penalties({ model, auxiliary }: ObjectiveParts, batch: Batch): tf.Scalar[] {
  return [model, ...Object.values(auxiliary)].flatMap((part) =>
    part.penalty ? [checkedScalar(part.penalty(batch), { kind: 'model', name: part.name }, 'penalty')] : [],
  );
}
