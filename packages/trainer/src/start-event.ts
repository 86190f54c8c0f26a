import type { TrainEvent } from '@losslab/core';
import type { Run } from './run.ts';
import { beginSession } from './session.ts';
import type { RunState } from './state.ts';

export interface Start {
  readonly state: RunState;
  readonly stepsPerEpoch: number;
  readonly isFitted?: boolean;
}

/** The run's first event, which says what is run and from where; notes this process among the run's sessions. */
export function startEvent(run: Run, { state, stepsPerEpoch, isFitted = false }: Start): TrainEvent {
  const { config, dataset } = run;
  const { curve, step, steps } = state;
  const resumed = steps > 0 && { resumedAt: curve.length + 1, done: { epochs: curve.length, step, steps } };
  const session = beginSession(run, isFitted ? 0 : curve.length + 1);
  return {
    kind: 'start',
    epochs: isFitted ? 0 : config.epochs,
    stepsPerEpoch,
    stopOn: config.stopOn,
    ...resumed,
    options: { ...config },
    dataset: { name: dataset.name, checksum: dataset.checksum },
    session,
  };
}
