import type { Batch, Sampler } from '@losslab/core';
import { batchStream } from '@losslab/samplers';

/** Batches one after the other as training gets them, through one stream an epoch. */
export function batchesAhead(sampler: Sampler) {
  const open = (epoch: number) => batchStream(sampler, epoch, () => new Float32Array(0));
  let [epoch, step] = [0, 0];
  let stream = open(epoch);
  return {
    next(): Batch {
      if (step === sampler.steps) {
        stream.dispose();
        [epoch, step] = [epoch + 1, 0];
        stream = open(epoch);
      }
      return stream.batch(step++);
    },
    dispose: () => stream.dispose(),
  };
}
