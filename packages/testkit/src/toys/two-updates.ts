import type { Batch, Gradients, Step, StepContext } from '@losslab/core';

const TRIAL_RATE = 0.05;
const scales = { direct: 1, inverse: -1 } as const;
type Choice = keyof typeof scales | 'none';

function tryOut({ freshOptimizer }: StepContext, gradients: Gradients, scale: number): void {
  const inner = freshOptimizer('sgd', TRIAL_RATE);
  inner.apply(gradients, { scale });
  inner.dispose();
}

/** Goes up or down a trial batch's gradient, whichever makes the loss of `judge` least; stays put on a tie. */
function trial(context: StepContext, batch: Batch, judge: Batch): Choice {
  const { parameters, objective, evaluate } = context;
  const { gradients } = parameters.gradient(objective(batch));
  const snapshot = parameters.save(gradients);
  let [best, least]: [Choice, number] = ['none', evaluate(judge)];
  for (const choice of ['direct', 'inverse'] as const) {
    tryOut(context, gradients, scales[choice]);
    const loss = evaluate(judge);
    if (loss < least) [best, least] = [choice, loss];
    parameters.restore(snapshot);
  }
  snapshot.dispose();
  if (best !== 'none') tryOut(context, gradients, scales[best]);
  return best;
}

/** Two updates a step, after the shape of Inverse Gradient: one that a trial chose, and the usual one. */
export const toyTwoUpdates: Step = {
  name: 'toy-two-updates',
  streams: [
    { name: 'train', source: 'positives' },
    { name: 'trial', source: 'positives' },
  ],
  async *epoch(context) {
    const { streams, firstStep, parameters, objective, update } = context;
    const { steps } = streams.train!;
    for (let step = firstStep; step < steps; step++) {
      const batch = streams.train!.batch(step);
      const choice = trial(context, streams.trial!.batch(step % streams.trial!.steps), batch);
      const { loss, gradients } = parameters.gradient(objective(batch));
      update(gradients);
      yield { step, steps, loss, counts: { [choice]: 1 } };
    }
  },
};
