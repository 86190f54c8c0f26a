import type { FittedModel, RunResult, TrainEvent } from '@losslab/core';
import { joinArrays } from './arrays.ts';
import { conclude } from './result.ts';
import type { Run } from './run.ts';
import { startEvent } from './start-event.ts';
import { progressOf, type RunState } from './state.ts';

/** Fits, evaluates, and leaves the same result and folder as a model trained by steps. */
export async function* trainFitted(
  run: Run,
  model: FittedModel,
  state: RunState,
): AsyncGenerator<TrainEvent, RunResult> {
  yield startEvent(run, { state, stepsPerEpoch: 0, isFitted: true });
  const began = performance.now();
  try {
    await model.fit(run.dataset.train, run.signal);
  } catch (error) {
    if (!run.signal.aborted) throw error;
  }
  state.trainSeconds = (performance.now() - began) / 1000;
  if (run.signal.aborted) return yield* conclude(run, state, 'interrupt');
  state.best = { epoch: 0, arrays: joinArrays({ model: model.arrays() }) };
  const path = run.folder?.checkpoints.save({ progress: progressOf(state), best: state.best });
  if (path !== undefined) yield { kind: 'checkpoint', epoch: 0, path };
  return yield* conclude(run, state, 'fit');
}
