import { LosslabError } from '@losslab/core';
import type { LoggedRun, LogTarget, NamedLog } from '../log/log.ts';

/*
 * What stands in for ../log/log.ts where a package is bundled for browsers (`imports` in package.json): a page has no files to
 * log into. It has the events themselves.
 */

export const logKinds = ['tensorboard', 'jsonl'] as const;

/** @throws LosslabError `bad-option` for any target */
export function checkNewLogs({ log = [] }: LoggedRun['parts']): void {
  if (log.length > 0) throw noLogs(log[0]!);
}

/** There are none. */
export function removeLogs(): void {}

export function openLog(target: LogTarget): NamedLog {
  throw noLogs(target);
}

export function reasonOf(error: unknown): string {
  return String(error);
}

export function targetOfSeed(target: LogTarget): LogTarget {
  return target;
}

function noLogs({ kind }: LogTarget): LosslabError {
  return new LosslabError(
    'bad-option',
    `[trainer] expected no log in a browser, got ${kind}; leave out log, and read the events`,
    { where: 'log' },
  );
}
