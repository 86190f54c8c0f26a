import { clipScale } from '@losslab/backend';
import type { Batch, ScoreView, StepContext } from '@losslab/core';
import { batchStream } from '@losslab/samplers';
import { checkBatch, checkedSampler, checkedScores } from './contract.ts';
import { objective, objectiveValue, scoreFn } from './objective.ts';
import type { Trainee } from './trainee.ts';

export interface ContextOptions {
  readonly epoch: number;
  readonly firstStep: number;
  readonly seed: number;
  readonly clipNorm: number | null;
  readonly signal: AbortSignal;
}

/** What a procedure gets to see of the run in one epoch, and the release of what it holds. */
export function stepContext(trainee: Trainee, options: ContextOptions): { context: StepContext; dispose(): void } {
  const { parameters, optimizer, freshOptimizer, samplers } = trainee;
  const { epoch, seed, clipNorm } = options;
  const parts = { ...trainee, seed };
  const score = scoreFn(trainee.model, seed);
  const part = { kind: 'step', name: trainee.step.name } as const;
  const passed = (batch: Batch, expected: string): Batch => {
    checkBatch(batch, part, expected);
    return batch;
  };
  const checked = ({ batch, scores }: ScoreView): ScoreView => ({
    batch: passed(batch, 'epoch to pass objective a view'),
    scores: (of) => checkedScores(scores(of), batch, part, 'scores of its view'),
  });
  const streams = Object.entries(samplers).map(
    ([name, sampler]) => [name, batchStream(checkedSampler(sampler), epoch, score)] as const,
  );
  const context: StepContext = {
    epoch,
    firstStep: options.firstStep,
    seed,
    parameters,
    optimizer,
    freshOptimizer,
    streams: Object.fromEntries(streams),
    objective: (batch, view) =>
      objective(parts, passed(batch, 'epoch to pass objective a batch'), view && checked(view)),
    evaluate: (batch) => objectiveValue(parts, passed(batch, 'epoch to pass evaluate a batch')),
    update: (gradients) =>
      optimizer.apply(gradients, clipNorm === null ? {} : { scale: clipScale(gradients, clipNorm) }),
    signal: options.signal,
  };
  const dispose = () => {
    for (const [, stream] of streams) stream.dispose();
  };
  return { context, dispose };
}
