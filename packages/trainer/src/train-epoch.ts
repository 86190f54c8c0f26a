import { LosslabError, type StepEvent, type TrainEvent } from '@losslab/core';
import { otherWork } from '#machine';
import { checkEvent, eventsOf } from './checked-step.ts';
import { stepContext } from './context.ts';
import { brokenPart } from './contract.ts';
import type { Run } from './run.ts';
import { rateScale } from './schedule.ts';
import type { RunState } from './state.ts';
import type { Trainee } from './trainee.ts';

/** Milliseconds, of many epochs where they are short, after which other work of the process gets a turn: signals, timers, drawing. */
const breath = 20;

/**
 * Does what is left of the epoch in progress.
 * @returns whether the epoch is finished; false where the run was aborted.
 * @throws LosslabError `not-finite` naming the step, `bad-plugin` where the procedure miscounts its steps or returns other things.
 */
export async function* trainEpoch(run: Run, trainee: Trainee, state: RunState): AsyncGenerator<TrainEvent, boolean> {
  const { config, signal } = run;
  const epoch = state.curve.length + 1;
  trainee.optimizer.learningRate = learningRate(run, trainee, state);
  const { seed, clipNorm } = config;
  const { context, dispose } = stepContext(trainee, { epoch, firstStep: state.step, seed, clipNorm, signal });
  try {
    let began = performance.now();
    for await (const event of await eventsOf(trainee.step, context)) {
      checkEvent(event, trainee.step);
      const milliseconds = performance.now() - began;
      check(event, run, trainee, epoch, state);
      count(state, event, milliseconds);
      yield { kind: 'step', epoch, milliseconds, learningRate: trainee.optimizer.learningRate, ...event };
      if (signal.aborted) return false;
      if (performance.now() - state.breathed > breath) {
        await otherWork();
        state.breathed = performance.now();
      }
      began = performance.now();
    }
  } finally {
    dispose();
  }
  if (state.step > 0) return true;
  throw brokenPart(
    { kind: 'step', name: trainee.step.name },
    `epoch ${epoch} to have a step`,
    undefined,
    'yield an event for each',
  );
}

/** The learning rate of the epoch in progress; groups of their own keep their ratio to it. */
export function learningRate({ config, part }: Run, trainee: Trainee, state: RunState): number {
  return trainee.learningRate * rateScale(config.schedule, state.curve, part, config.stopOn);
}

function count(state: RunState, { loss, counts = {} }: StepEvent, milliseconds: number): void {
  state.step++;
  state.steps++;
  state.lossSum += loss;
  state.epochSeconds += milliseconds / 1000;
  state.trainSeconds += milliseconds / 1000;
  state.times.add(milliseconds);
  for (const [name, n] of Object.entries(counts)) state.counts[name] = (state.counts[name] ?? 0) + n;
}

function check({ step, loss }: StepEvent, run: Run, trainee: Trainee, epoch: number, state: RunState): void {
  if (step !== state.step) {
    const part = { kind: 'step', name: trainee.step.name } as const;
    throw brokenPart(part, `epoch to yield step ${state.step}`, step, 'begin at firstStep and count on');
  }
  if (Number.isFinite(loss)) return;
  const kept =
    run.folder === undefined || run.folder.checkpoints.isEmpty()
      ? ''
      : `; the last checkpoint in ${run.folder.dir} is kept`;
  throw new LosslabError(
    'not-finite',
    `[trainer] expected a finite loss, got ${loss} from ${trainee.loss.name} in epoch ${epoch}, step ${step}; lower optimizer.learningRate or set clipNorm${kept}`,
    { where: 'loss' },
  );
}
