import type { Batch, BatchStream, Gradients, Sampler, StepContext } from '@losslab/core';
import { clipScale } from './clip.ts';
import { objective, objectiveValue, scoreFn } from './objective.ts';
import type { Trainee } from './trainee.ts';

export interface ContextOptions {
  readonly epoch: number;
  readonly firstStep: number;
  readonly seed: number;
  readonly clipNorm: number | null;
  readonly signal: AbortSignal;
}

/** What a procedure gets to see of the run in one epoch. */
export function stepContext(trainee: Trainee, options: ContextOptions): StepContext {
  const { parameters, optimizer, freshOptimizer, samplers } = trainee;
  const { epoch, seed, clipNorm } = options;
  const parts = { ...trainee, seed };
  const streams = Object.entries(samplers).map(([name, sampler]) => [name, stream(trainee, sampler, epoch, seed)]);
  return {
    epoch,
    firstStep: options.firstStep,
    seed,
    parameters,
    optimizer,
    freshOptimizer,
    streams: Object.fromEntries(streams),
    objective: (batch) => objective(parts, batch),
    evaluate: (batch) => objectiveValue(parts, batch),
    update: (gradients) => optimizer.apply(gradients, { scale: clipScale(gradients, clipNorm) }),
    signal: options.signal,
  };
}

function stream({ model }: Trainee, sampler: Sampler, epoch: number, seed: number): BatchStream {
  const score = scoreFn(model, seed);
  let last: Batch | undefined;
  return {
    steps: sampler.steps,
    batch(step) {
      const batch = sampler.propose(epoch, step, last);
      last = batch;
      return sampler.refine?.(batch, score) ?? batch;
    },
  };
}
