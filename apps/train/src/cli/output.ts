import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LosslabError } from '@losslab/core';
import { outputClosed } from './interruption.ts';

/** Where a command's words go: results to stdout, what happens meanwhile to stderr. */
export interface Output {
  /** A result, for people. With `--json -` it goes to stderr, so that stdout is JSON alone. */
  print(text: string): void;
  /** What happens meanwhile. */
  note(text: string): void;
  /** The result for programs, where `--json` asks for it. */
  writeJson(value: unknown): Promise<void>;
}

/** @param json a path, or `-` for stdout. @throws LosslabError `bad-run` where nothing can be written there. */
export function makeOutput(json?: string): Output {
  if (json !== undefined && json !== '-') checkFile(json, '--json');
  const results = json === '-' ? process.stderr : process.stdout;
  return {
    print: (text) => void results.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    async writeJson(value) {
      if (json === undefined) return;
      const text = `${JSON.stringify(value, undefined, 2)}\n`;
      if (json === '-') process.stdout.write(text);
      else (await import('@losslab/report')).writeWhole(json, text); // which takes a while to load
    },
  };
}

/** Whether a file can be written: said before the work, not after it. @throws LosslabError `bad-run` */
export function checkFile(path: string, flag: string): void {
  if (isFolder(path)) throw unwritable(path, 'a folder', flag);
  checkFolder(dirname(path), flag);
}

/** Whether a folder can be written to, or made. @throws LosslabError `bad-run` */
export function checkFolder(path: string, flag: string): void {
  const there = nearest(resolve(path));
  if (!isFolder(there)) throw unwritable(path, `a file where a folder should be (${there})`, flag);
  try {
    accessSync(there, constants.W_OK);
  } catch (cause) {
    throw unwritable(path, 'no permission', flag, cause);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** What exists of a path; the folders below it are made when the file is written. */
function nearest(path: string): string {
  return existsSync(path) ? path : nearest(dirname(path));
}

function unwritable(path: string, got: string, where: string, cause?: unknown): LosslabError {
  return new LosslabError('bad-run', `[losslab] expected to write to ${path}, got ${got}; choose another place`, {
    where,
    cause,
  });
}

/** Ends quietly where the reader of a pipe has gone (`losslab list | head`); work that can be saved is saved first. */
export function watchPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
      if (!outputClosed()) process.exit();
    });
  }
}
