import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LosslabError, type RunResult } from '@losslab/core';
import type { FromCell, ToCell } from './messages.ts';
import type { RunCell } from './sweep.ts';

export interface ForkOptions {
  readonly dataDir?: string | undefined;
  readonly threads?: number | undefined;
  /** The command as it was typed, for the results. */
  readonly command?: string | undefined;
}

/** Children share what Node has compiled: half of the time that one needs before it trains. */
const env = { NODE_COMPILE_CACHE: join(tmpdir(), 'losslab-compile-cache'), ...process.env };

/** Trains each cell in a child process. */
export function forkCell({ dataDir, threads, command }: ForkOptions = {}): RunCell {
  return (cell, { out, signal, onEvent }) =>
    new Promise<RunResult>((resolve, reject) => {
      const child = fork(script(), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced', env });
      const tell = (message: ToCell): void => {
        if (child.connected) child.send(message);
      };
      const abort = (): void => tell({ kind: 'abort' });
      const complaint = lastLines(child);
      signal.addEventListener('abort', abort);
      child.on('message', (message: FromCell) => {
        if (message.kind === 'event') onEvent(message.event);
        else if (message.kind === 'result') resolve(message.result);
        else reject(errorOf(message));
      });
      child.on('error', reject);
      child.on('close', (code, killer) => {
        signal.removeEventListener('abort', abort);
        reject(diedError(code, killer, complaint())); // nothing where a result or an error came first
      });
      tell({ kind: 'train', cell, out, dataDir, threads, command });
      if (signal.aborted) abort();
    });
}

function script(): string {
  const source = fileURLToPath(new URL('./cell-process.ts', import.meta.url));
  return existsSync(source) ? source : fileURLToPath(new URL('./cell-process.js', import.meta.url));
}

function errorOf({ message, code }: Extract<FromCell, { kind: 'error' }>): Error {
  return code === undefined ? new Error(message) : new LosslabError(code, message);
}

function diedError(code: number | null, killer: string | null, complaint: string): LosslabError {
  const how = killer === null ? `exit code ${code}` : `signal ${killer}`;
  const memory = killer === 'SIGKILL' ? '; out of memory? lower --jobs' : '; run again with --resume';
  return new LosslabError('bad-run', `[reproduce] expected a result of the cell, got ${how}${complaint}${memory}`);
}

function lastLines(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-2000);
  });
  return () => {
    const line = text.split('\n').findLast((l) => /error|fail|abort/i.test(l)) ?? '';
    return line === '' ? '' : ` (${line.trim()})`;
  };
}
