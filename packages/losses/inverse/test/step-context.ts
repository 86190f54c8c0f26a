import { makeOptimizer, type ParameterSet } from '@losslab/backend';
import {
  type Batch,
  type BatchStream,
  idMatrix,
  type Loss,
  type Scores,
  type Step,
  type StepContext,
  type StepEvent,
} from '@losslab/core';
import * as tf from '@tensorflow/tfjs';

export interface Setting {
  readonly parameters: ParameterSet;
  readonly score: (batch: Batch) => Scores;
  readonly loss: Loss;
  readonly learningRate: number;
  readonly streams: Readonly<Record<string, readonly Batch[]>>;
}

/** What a trainer hands to a procedure, plain SGD outside, all of it replaceable. */
export function stepContext(setting: Setting, over: Partial<StepContext> = {}): StepContext {
  const { parameters, score, loss, learningRate } = setting;
  const optimizer = makeOptimizer('sgd', { learningRate }, parameters);
  const stream = (batches: readonly Batch[]): BatchStream => ({
    steps: batches.length,
    batch: (step) => batches[step]!,
  });
  return {
    epoch: 1,
    firstStep: 0,
    seed: 1,
    parameters,
    optimizer,
    freshOptimizer: (name, rate) => makeOptimizer(name, { learningRate: rate }, parameters),
    streams: Object.fromEntries(Object.entries(setting.streams).map(([name, batches]) => [name, stream(batches)])),
    objective: (batch) => () => loss.compute(score(batch), batch),
    evaluate: (batch) => tf.tidy(() => loss.compute(score(batch), batch).dataSync()[0]!),
    update: (gradients) => optimizer.apply(gradients),
    signal: new AbortController().signal,
    ...over,
  };
}

export async function eventsOf(step: Step, context: StepContext): Promise<StepEvent[]> {
  const events: StepEvent[] = [];
  for await (const event of step.epoch(context)) events.push(event);
  return events;
}

/** A batch of labelled pairs, each with one unlabelled item of its user. */
export function pairBatch(rows: readonly { user: number; item: number; label: number; unlabelled: number }[]): Batch {
  const users = Int32Array.from(rows, ({ user }) => user);
  return {
    epoch: 1,
    step: 0,
    users,
    positives: idMatrix(new Int32Array(0), 0, rows.length),
    negatives: idMatrix(
      Int32Array.from(rows, ({ unlabelled }) => unlabelled),
      1,
    ),
    labelled: {
      users,
      items: Int32Array.from(rows, ({ item }) => item),
      labels: Float32Array.from(rows, ({ label }) => label),
    },
  };
}
