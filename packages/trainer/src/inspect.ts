import type { Batch, Loss, NamedArrays, StepModel } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { scoresOf } from './objective.ts';

export interface InspectOptions {
  readonly model: StepModel;
  readonly loss: Loss;
  readonly auxiliary?: Readonly<Record<string, StepModel>>;
  readonly batch: Batch;
}

/** What the loss has to show of a batch under current scores, without dropout; nothing where it shows nothing. */
export function inspectBatch({ model, loss, auxiliary = {}, batch }: InspectOptions): NamedArrays {
  const shown: [string, NamedArrays[string]][] = [];
  tf.tidy(() => {
    const scores = scoresOf({ model, auxiliary, loss, seed: 0 }, batch, false);
    for (const [name, tensor] of Object.entries(loss.inspect?.(scores, batch) ?? {})) {
      shown.push([name, { shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) }]);
    }
  });
  return Object.fromEntries(shown);
}
