import type { RunResult, TrainEvent } from '@losslab/core';
import { openLog, reasonOf } from '#log';
import type { Done, Logged, LoggedRun, NamedLog } from './log.ts';

/**
 * Hands the events of a run on, each after it was logged. A log that can no longer be written ends with a warning, since
 * the run is worth more. Where a run goes on from a checkpoint, what its logs hold of later steps goes first.
 */
export async function* logged(
  events: AsyncGenerator<TrainEvent, RunResult>,
  run: LoggedRun,
): AsyncGenerator<TrainEvent, RunResult> {
  const logs: NamedLog[] = [];
  const waiting: Logged[] = []; // warnings may come before the start
  let isOpen = false;
  try {
    while (true) {
      const { done, value: event } = await events.next();
      if (done) return event;
      const one = { event, time: new Date() };
      if (event.kind === 'start') {
        waiting.unshift(one);
        for (const target of run.parts.log ?? []) logs.push(openLog(target, run, event.done ?? nothing));
        isOpen = true;
      } else waiting.push(one);
      if (isOpen) for (const message of writeAll(logs, waiting.splice(0))) yield { kind: 'warning', message };
      yield event;
    }
  } finally {
    for (const log of logs) log.close();
    await events.return(undefined as never); // where our own caller left early
  }
}

const nothing: Done = { epochs: 0, step: 0, steps: 0 };

/** Writes to every log; those that fail are closed and taken out. @returns a sentence for each of them */
function writeAll(logs: NamedLog[], due: readonly Logged[]): string[] {
  return [...logs].flatMap((log) => {
    const failure = attempt(() => {
      for (const one of due) log.write(one);
    });
    if (failure === undefined) return [];
    logs.splice(logs.indexOf(log), 1);
    log.close();
    return [`the log in ${log.path} ends here: ${failure}`];
  });
}

function attempt(write: () => void): string | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
