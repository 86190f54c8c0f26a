import type { EpochRecord } from '@losslab/core';
import type { Progress, Weights } from './checkpoint.ts';
import { StepTimes } from './step-times.ts';

/** Where a run stands, in memory. */
export interface RunState {
  /** Finished epochs. */
  curve: EpochRecord[];
  /** Steps done in the epoch in progress, the sum of their losses, and their seconds. */
  step: number;
  lossSum: number;
  epochSeconds: number;
  /** What the procedure counted in it. */
  counts: Record<string, number>;
  /** Of the whole run. */
  steps: number;
  trainSeconds: number;
  evaluateSeconds: number;
  best?: Weights;
  /** Of this session; before its first step, `earlierMilliseconds` holds the last session's median. */
  readonly times: StepTimes;
  readonly earlierMilliseconds?: number;
  /** When other work of the process last had a turn, on the clock of `performance.now()`. */
  breathed: number;
}

export function newState(): RunState {
  return {
    curve: [],
    step: 0,
    lossSum: 0,
    epochSeconds: 0,
    counts: {},
    steps: 0,
    trainSeconds: 0,
    evaluateSeconds: 0,
    times: new StepTimes(),
    breathed: performance.now(),
  };
}

export function medianMilliseconds(state: RunState): number | undefined {
  return state.times.median() ?? state.earlierMilliseconds;
}

export function progressOf(state: RunState): Progress {
  const { curve, step, lossSum, epochSeconds, counts, steps, trainSeconds: train, evaluateSeconds: evaluate } = state;
  const milliseconds = medianMilliseconds(state);
  return {
    curve,
    step,
    lossSum,
    epochSeconds,
    ...(Object.keys(counts).length > 0 && { counts }),
    steps,
    seconds: { train, evaluate },
    ...(milliseconds !== undefined && { millisecondsPerStep: milliseconds }),
  };
}

export function stateFrom(progress: Progress, best?: Weights): RunState {
  const { curve, step, lossSum, epochSeconds, counts, steps, seconds, millisecondsPerStep } = progress;
  return {
    ...newState(),
    curve: [...curve],
    step,
    lossSum,
    epochSeconds,
    counts: { ...counts },
    steps,
    trainSeconds: seconds.train,
    evaluateSeconds: seconds.evaluate,
    ...(best && { best }),
    ...(millisecondsPerStep !== undefined && { earlierMilliseconds: millisecondsPerStep }),
  };
}
