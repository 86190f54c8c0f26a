import type { Step } from '@losslab/core';

/** The usual procedure: one gradient and one update a batch. A step whose loss is not finite moves nothing. */
export const singleUpdate: Step = {
  name: 'single-update',
  streams: [{ name: 'train', source: 'positives' }],
  async *epoch({ streams, firstStep, parameters, objective, update }) {
    const { steps, batch } = streams.train!;
    for (let step = firstStep; step < steps; step++) {
      const { loss, gradients } = parameters.gradient(objective(batch(step)));
      if (Number.isFinite(loss)) update(gradients);
      yield { step, steps, loss };
    }
  },
};
