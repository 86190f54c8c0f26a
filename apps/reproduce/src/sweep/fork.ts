import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LosslabError, type RunResult, type TrainEvent } from '@losslab/core';
import type { FromCell, ToCell } from './messages.ts';
import type { RunCell } from './sweep.ts';

export interface ForkOptions {
  readonly dataDir?: string | undefined;
  readonly threads?: number | undefined;
  /** The command as it was typed, for the results. */
  readonly command?: string | undefined;
  /** One child trains cell after cell, where starting one costs more than they do; the memory of each is then that of all before. */
  readonly reuse?: boolean;
}

/** Children share what Node has compiled: half of the time that one needs before it trains. */
const env = { NODE_COMPILE_CACHE: join(tmpdir(), 'losslab-compile-cache'), ...process.env };

/** Trains each cell in a child process. */
export function forkCell({ dataDir, threads, command, reuse = false }: ForkOptions = {}): RunCell {
  const idle: CellChild[] = [];
  return async (cell, { out, signal, onEvent }) => {
    const child = idle.pop() ?? new CellChild();
    const order: ToCell = { kind: 'train', cell, out, dataDir, threads, command, stays: reuse };
    const result = await child.train(order, signal, onEvent);
    if (reuse && child.isIdle) idle.push(child);
    return result;
  };
}

/** A child process, which trains one cell at a time. */
class CellChild {
  readonly #child: ChildProcess;
  readonly #complaint: () => string;
  #take: (message: FromCell) => void = () => {};
  #fail: (error: Error) => void = () => {};

  constructor() {
    this.#child = fork(script(), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced', env });
    this.#complaint = lastLines(this.#child);
    this.#child.on('message', (message: FromCell) => this.#take(message));
    this.#child.on('error', (error) => this.#fail(error));
    this.#child.on('close', (code, killer) => this.#fail(diedError(code, killer, this.#complaint())));
  }

  /** Whether it could be given another cell. */
  get isIdle(): boolean {
    return this.#child.connected && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async train(order: ToCell, signal: AbortSignal, onEvent: (event: TrainEvent) => void): Promise<RunResult> {
    const abort = (): void => this.#tell({ kind: 'abort' });
    signal.addEventListener('abort', abort);
    this.#keepsUsRunning(true);
    try {
      return await new Promise<RunResult>((resolve, reject) => {
        this.#fail = reject;
        this.#take = (message) => {
          if (message.kind === 'event') onEvent(message.event);
          else if (message.kind === 'result') resolve(message.result);
          else reject(errorOf(message));
        };
        this.#tell(order);
        if (signal.aborted) abort();
      });
    } finally {
      signal.removeEventListener('abort', abort);
      this.#keepsUsRunning(false);
    }
  }

  #tell(message: ToCell): void {
    if (this.#child.connected) this.#child.send(message);
  }

  /** An idle child ends when this process does, which does not wait for it. */
  #keepsUsRunning(does: boolean): void {
    const call = does ? 'ref' : 'unref';
    this.#child[call]();
    this.#child.channel?.[call]();
    (this.#child.stderr as Socket | null)?.[call]();
  }
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
