import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LosslabError } from '@losslab/core';

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
  if (json !== undefined && json !== '-') checkWritable(json);
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

/** Said before the work, not after it. */
function checkWritable(path: string): void {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  if (isFolder) throw unwritable(path, 'a folder');
  try {
    accessSync(nearestFolder(path), constants.W_OK);
  } catch (cause) {
    throw unwritable(path, 'no permission', cause);
  }
}

/** The folder that exists; those below it are made when the file is written. */
function nearestFolder(path: string): string {
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}

function unwritable(path: string, got: string, cause?: unknown): LosslabError {
  return new LosslabError('bad-run', `[losslab] expected to write ${path}, got ${got}; choose another file`, {
    where: '--json',
    cause,
  });
}

/** Ends quietly where the reader of a pipe has gone (`losslab list | head`). */
export function watchPipes(onClosed: () => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
      onClosed();
    });
  }
}
