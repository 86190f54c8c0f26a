import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LosslabError, type Session, type TrainEvent } from '@losslab/core';
import { isPlainFile } from './append-file.ts';
import * as jsonLines from './json-lines.ts';
import * as tensorBoard from './tensorboard.ts';

/** Where the events of a run are logged besides. */
export interface LogTarget {
  /** `tensorboard`: event files that TensorBoard reads; `jsonl`: JSON Lines, an event a line. */
  readonly kind: 'tensorboard' | 'jsonl';
  /** The folder of the event file, or the JSON Lines file. Default: the run's folder, or `log.jsonl` in it. */
  readonly path?: string;
  /** Every how many steps one is logged; 0: none, epochs alone. Default: 1. */
  readonly everySteps?: number;
}

export const logKinds = ['tensorboard', 'jsonl'] as const;

/** What of a run lies before the log: whole epochs, steps in the one after, steps in all. */
export interface Done {
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
}

export interface Logged {
  readonly event: TrainEvent;
  readonly time: Date;
}

/** A log that is open. What `write` was given is kept, even where the process is killed then. */
export interface RunLog {
  write(logged: Logged): void;
  close(): void;
}

export type OpenLog = (place: {
  readonly path: string;
  readonly everySteps: number;
  readonly done: Done;
  readonly session: Session;
}) => RunLog;

/** A log and where it is. */
export type NamedLog = RunLog & { readonly path: string };

/** What the logs must know of a run. */
export interface LoggedRun {
  readonly parts: { readonly out?: string; readonly log?: readonly LogTarget[] };
  readonly sessions: readonly Session[];
}

/** The path of a target's folder or file. @throws LosslabError `bad-option` where neither it nor the run has one. */
function pathOf({ kind, path }: LogTarget, out: string | undefined): string {
  if (path !== undefined) return path;
  if (out === undefined) throw misfit('bad-option', `a path of the ${kind} log`, 'none', 'set path, or out');
  return kind === 'tensorboard' ? out : join(out, 'log.jsonl');
}

/** @throws LosslabError `bad-run` where a new run would go on with the log of another. */
export function checkNewLogs({ out, log = [] }: LoggedRun['parts']): void {
  for (const target of log) {
    const path = pathOf(target, out);
    if (beginnings(target, path).length > 0)
      throw misfit('bad-run', `no log in ${path}`, 'one', 'choose another place');
  }
}

/** Takes away the logs that a new run began: `checkNewLogs` found none in their places. */
export function removeLogs({ out, log = [] }: LoggedRun['parts']): void {
  for (const target of log) {
    for (const file of filesOf(target, pathOf(target, out)).filter(isPlainFile)) rmSync(file, { force: true });
  }
}

function filesOf({ kind }: LogTarget, path: string): string[] {
  return kind === 'jsonl' ? [path] : tensorBoard.eventFiles(path).map((name) => join(path, name));
}

/** When the logs at a place began: NaN for a file that is no log of ours. Empty files are nobody's. */
function beginnings(target: LogTarget, path: string): number[] {
  const isThere = (file: string): boolean => isPlainFile(file) && statSync(file).size > 0;
  const { beginningOf } = target.kind === 'jsonl' ? jsonLines : tensorBoard;
  return filesOf(target, path).filter(isThere).map(beginningOf);
}

/** @throws LosslabError `bad-run` where the log is another run's, or cannot be written. */
export function openLog(target: LogTarget, { parts, sessions }: LoggedRun, done: Done): NamedLog {
  const path = pathOf(target, parts.out);
  const ours = sessions.map(({ startedAt }) => Date.parse(startedAt));
  if (beginnings(target, path).some((began) => !ours.includes(began))) {
    throw misfit('bad-run', `this run's log in ${path}`, "another run's", 'choose another place');
  }
  const open = target.kind === 'jsonl' ? jsonLines.openJsonLines : tensorBoard.openTensorBoard;
  try {
    return { path, ...open({ path, everySteps: target.everySteps ?? 1, done, session: sessions.at(-1)! }) };
  } catch (cause) {
    throw misfit('bad-run', `to write a log to ${path}`, reasonOf(cause), 'choose another place', cause);
  }
}

/** Why writing failed, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: Record<string, string> = { ENOSPC: 'a full disk', EACCES: 'no permission', EROFS: 'a read-only disk' };
  return known[code ?? ''] ?? code ?? message;
}

function misfit(code: 'bad-run' | 'bad-option', expected: string, got: string, remedy: string, cause?: unknown) {
  return new LosslabError(code, `[trainer] expected ${expected}, got ${got}; ${remedy}`, { where: 'log', cause });
}

/** The same target for one of several seeds: a folder of its own, or a file with the seed in its name. */
export function targetOfSeed(target: LogTarget, seed: number): LogTarget {
  const { kind, path } = target;
  if (path === undefined) return target;
  const own = kind === 'tensorboard' ? join(path, `seed-${seed}`) : path.replace(/(\.\w+)?$/, `-seed-${seed}$1`);
  return { ...target, path: own };
}
