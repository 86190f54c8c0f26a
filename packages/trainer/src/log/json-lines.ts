import { readFileSync } from 'node:fs';
import type { TrainEvent } from '@losslab/core';
import { appendFile, isPlainFile } from './append-file.ts';
import type { Done, OpenLog } from './log.ts';

export const logFormat = 'losslab-log/1';

/** A line of the log: an event of the trainer with its time. */
type Line = TrainEvent & { readonly time: string };

/** One event a line, as JSON; a run that is gone on with goes on in the same file. */
export const openJsonLines: OpenLog = ({ path, everySteps, done }) => {
  const file = appendFile(path, keptBytes(path, done));
  let total = done.steps;
  return {
    write({ event, time }) {
      if (event.kind === 'step') {
        total++;
        if (everySteps === 0 || total % everySteps !== 0) return;
      }
      file.append(`${JSON.stringify({ time: time.toISOString(), ...lineOf(event, total) })}\n`);
    },
    close: () => file.close(),
  };
};

/** An event as the log has it: steps with their number in the whole run, the result without the curve, which is above. */
function lineOf(event: TrainEvent, total: number): object {
  if (event.kind === 'start') return { format: logFormat, ...event };
  if (event.kind === 'step') return { ...event, total };
  if (event.kind !== 'finish') return event;
  const { curve: _, ...result } = event.result;
  return { ...event, result };
}

/** When the process that began a log did, in milliseconds since 1970. */
export function beginningOf(path: string): number {
  const [line] = linesOf(readFileSync(path));
  const first = line && parsed(line.text);
  return first?.kind === 'start' ? Date.parse(first.session?.startedAt ?? '') : Number.NaN;
}

/** Bytes before the first line of a step or an epoch that is yet to be done (again), or that is cut short. */
function keptBytes(path: string, done: Done): number {
  if (!isPlainFile(path)) return 0;
  let kept = 0;
  for (const { text, end } of linesOf(readFileSync(path))) {
    const line = parsed(text);
    if (line === undefined || isAfter(line, done)) break;
    kept = end;
  }
  return kept;
}

function isAfter(line: Line, { epochs, step }: Done): boolean {
  switch (line.kind) {
    case 'step':
      return line.epoch > epochs + 1 || (line.epoch === epochs + 1 && line.step >= step);
    case 'epoch':
      return line.record.epoch > epochs;
    case 'evaluate':
    case 'best':
      return line.epoch > epochs;
    default:
      return false;
  }
}

/** Whole lines and where they end in the file. */
function* linesOf(file: Uint8Array): Generator<{ readonly text: string; readonly end: number }> {
  const decoder = new TextDecoder();
  for (let start = 0; ; ) {
    const newline = file.indexOf(10, start);
    if (newline < 0) return;
    yield { text: decoder.decode(file.subarray(start, newline)), end: newline + 1 };
    start = newline + 1;
  }
}

function parsed(text: string): Line | undefined {
  try {
    const value = JSON.parse(text) as Line | null;
    return typeof value?.kind === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
