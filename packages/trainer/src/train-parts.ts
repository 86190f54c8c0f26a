import { engineInfo } from '@losslab/backend';
import { LosslabError, type RunResult, type TrainEvent } from '@losslab/core';
import { removeLogs } from '#log';
import { closeEpoch } from './close-epoch.ts';
import { trainFitted } from './fitted.ts';
import { logged } from './log/logged.ts';
import type { TrainParts } from './parts.ts';
import { conclude } from './result.ts';
import { engineWarning } from './resume.ts';
import { beginRun, type Run } from './run.ts';
import { startEvent } from './start-event.ts';
import { newState, progressOf, type RunState, stateFrom } from './state.ts';
import { outOfPatience } from './stopping.ts';
import { trainEpoch } from './train-epoch.ts';
import { loadModels, loadTrainee, type Trainee, traineeArrays, traineeOf } from './trainee.ts';

/**
 * Trains ready-made parts; yields what happens and returns the result. The parts stay the caller's, and the model holds
 * its best weights at the end. Leaving the loop over the events ends the run without saving; aborting `signal` saves.
 * @throws LosslabError before the first step: `bad-option`, `bad-data`, `bad-plugin`, `bad-run`; after it: `not-finite`
 *   naming the step, `bad-run` where a checkpoint cannot be written. The last good checkpoint stays whole. A new run that fails in
 *   its first step, or on a part that breaks its contract in the first epoch, leaves no folder.
 */
export async function* trainParts(parts: TrainParts): AsyncGenerator<TrainEvent, RunResult> {
  const { model } = parts;
  const trainee = model.kind === 'fitted' ? undefined : traineeOf(parts, model);
  const run = beginRun(parts);
  const state = trainee === undefined ? newState() : startingState(run, trainee);
  const events = model.kind === 'fitted' ? trainFitted(run, model, state) : trainSteps(run, trainee!, state);
  try {
    return yield* parts.log === undefined ? events : logged(events, run);
  } catch (error) {
    if (isWorthless(run, state, error)) discard(run);
    throw error;
  }
}

/** Whether a run failed with nothing to go on from: in its first step, or on a broken part in its first epoch. */
function isWorthless({ resumes, folder }: Run, { steps, curve }: RunState, error: unknown): boolean {
  if (resumes || folder?.checkpoints.isEmpty() !== true) return false;
  return steps === 0 || (curve.length === 0 && error instanceof LosslabError && error.code === 'bad-plugin');
}

/** Takes away what a new run has written, so that the next try finds its place free. */
function discard({ folder, parts }: Run): void {
  removeLogs(parts);
  folder?.remove();
}

async function* trainSteps(run: Run, trainee: Trainee, state: RunState): AsyncGenerator<TrainEvent, RunResult> {
  const { config, signal } = run;
  const warning = engineWarning(run.folder?.readRecord()?.engine, engineInfo());
  if (warning !== undefined) yield { kind: 'warning', message: warning };
  for (const message of trainee.step.warnings ?? []) yield { kind: 'warning', message };
  yield startEvent(run, { state, stepsPerEpoch: trainee.stepsPerEpoch });
  while (!isOver(run, state)) {
    const finished = yield* trainEpoch(run, trainee, state);
    if (finished) yield* closeEpoch(run, trainee, state);
    const isDue = state.curve.length % config.checkpointEvery === 0;
    if (isDue || signal.aborted || isOver(run, state)) yield* save(run, trainee, state);
    if (signal.aborted && !isOver(run, state)) return yield* conclude(run, state, 'interrupt');
  }
  loadModels(trainee, state.best!.arrays);
  return yield* conclude(run, state, state.curve.length >= config.epochs ? 'epochs' : 'patience');
}

function startingState(run: Run, trainee: Trainee): RunState {
  const checkpoint = run.resumes ? run.folder?.checkpoints.load() : undefined;
  if (checkpoint === undefined) return newState();
  if (checkpoint.last === undefined) {
    throw new LosslabError(
      'bad-run',
      `[trainer] expected the checkpoint of a ${trainee.model.name} in ${run.folder?.dir}, got one without weights; choose another folder`,
      { where: 'resume' },
    );
  }
  loadTrainee(trainee, checkpoint.last);
  return stateFrom(checkpoint.progress, checkpoint.best);
}

function isOver({ config, part }: Run, { curve, step }: RunState): boolean {
  if (step > 0) return false;
  return curve.length >= config.epochs || outOfPatience(curve, part, config.stopOn, config.patience);
}

function* save({ folder }: Run, trainee: Trainee, state: RunState): Generator<TrainEvent> {
  if (folder === undefined) return;
  const path = folder.checkpoints.save({
    progress: progressOf(state),
    last: traineeArrays(trainee),
    ...(state.best && { best: state.best }),
  });
  yield { kind: 'checkpoint', epoch: state.curve.length + (state.step > 0 ? 1 : 0), path };
}
