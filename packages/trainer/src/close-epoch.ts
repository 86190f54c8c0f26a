import type { EpochRecord, TrainEvent } from '@losslab/core';
import { evaluatePart } from './evaluation.ts';
import type { Run } from './run.ts';
import type { RunState } from './state.ts';
import { bestEpoch } from './stopping.ts';
import { modelArrays, type Trainee } from './trainee.ts';

/** Ends the epoch in progress: evaluates where that is due, puts its record on the curve, keeps the best weights. */
export function* closeEpoch(run: Run, trainee: Trainee, state: RunState): Generator<TrainEvent> {
  const { evaluateEvery, epochs, stopOn } = run.config;
  const epoch = state.curve.length + 1;
  const isLast = epoch === epochs;
  const isDue = evaluateEvery > 0 && (epoch % evaluateEvery === 0 || isLast);
  const record: EpochRecord = {
    epoch,
    loss: state.lossSum / state.step,
    learningRate: trainee.optimizer.learningRate,
    seconds: state.epochSeconds,
    ...(Object.keys(state.counts).length > 0 && { counts: state.counts }),
    ...(isDue && { [run.part]: yield* evaluateChoosing(run, trainee, state, epoch) }),
  };
  state.curve.push(record);
  Object.assign(state, { step: 0, lossSum: 0, epochSeconds: 0, counts: {} });
  yield { kind: 'epoch', record };
  const best = bestEpoch(state.curve, run.part, stopOn);
  const isBest = evaluateEvery > 0 ? best?.epoch === epoch : isLast;
  if (isBest) state.best = { epoch, arrays: modelArrays(trainee) };
  if (isBest && best !== undefined) yield { kind: 'best', epoch, metric: stopOn, value: best.value };
}

function* evaluateChoosing(run: Run, { model }: Trainee, state: RunState, epoch: number) {
  const { metrics, seconds } = evaluatePart(run, model, run.part);
  state.evaluateSeconds += seconds;
  yield { kind: 'evaluate', epoch, part: run.part, metrics } satisfies TrainEvent;
  return metrics;
}
