import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LosslabError } from '@losslab/core';
import { expected } from '../errors.ts';
import { unwritable } from '../files.ts';
import type { OnProgress } from '../read/progress.ts';
import type { Digest } from '../registry/entry.ts';

export interface DownloadOptions {
  readonly url: string;
  /** What the whole file must have. */
  readonly digest: Digest;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Give up after so many seconds without a byte. */
  readonly patience?: number | undefined;
  /** What to do where the network or the publisher fails; ends the message. */
  readonly remedy: string;
}

const PATIENCE = 20;

/**
 * Fetches a file into `path`: into `.<name>.part` beside it, checked, flushed, then renamed. What an earlier, broken-off
 * call left in the `.part` is continued with a range request. `path` itself is there whole or not at all.
 * @throws LosslabError `missing-data` where it cannot be had, `bad-data` where its digest differs, `interrupted`
 */
export async function download(path: string, options: DownloadOptions): Promise<void> {
  const part = join(dirname(path), `.${basename(path)}.part`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const wasContinued = await transfer(part, options);
    if ((await digestOf(part, options.digest)) !== options.digest) {
      await rm(part, { force: true });
      // What was continued may have been the beginning of another version.
      if (!wasContinued) throw wrongDigest(options);
      return await download(path, options);
    }
    await rename(part, path);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Whether `path` is there and has the digest. */
export async function isFetched(path: string, digest: Digest): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && (await digestOf(path, digest)) === digest;
}

/** Brings the part to its full length; true where it continued what was there. */
async function transfer(part: string, options: DownloadOptions): Promise<boolean> {
  const have = (await stat(part).catch(() => undefined))?.size ?? 0;
  const stall = new Stall(options.patience ?? PATIENCE, options.signal);
  try {
    const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
    const response = await fetch(options.url, {
      headers: { ...headers, 'accept-encoding': 'identity' },
      signal: stall.signal,
    });
    if (response.status === 416) {
      await response.body?.cancel();
      return true; // nothing is missing, or the file has become another: the digest tells
    }
    if (!response.ok || response.body === null) throw refused(options, `status ${response.status}`);
    const continues = response.status === 206 && startOf(response) === have;
    if (response.status === 206 && !continues) throw refused(options, 'another range than asked for');
    await append(part, response, continues ? have : 0, options, stall);
    return continues && have > 0;
  } catch (cause) {
    throw failed(cause, options);
  } finally {
    stall.stop();
  }
}

async function append(
  part: string,
  response: Response,
  from: number,
  options: DownloadOptions,
  stall: Stall,
): Promise<void> {
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  const total = Number.isFinite(length) ? from + length : undefined;
  const file = await open(part, from > 0 ? 'a' : 'w');
  try {
    let done = from;
    for await (const chunk of response.body!) {
      stall.reset();
      await file.appendFile(chunk);
      done += chunk.length;
      options.onProgress?.({ stage: 'fetch', source: options.url, done, total });
    }
    if (total !== undefined && done !== total) throw refused(options, `${done} of ${total} bytes`);
    await file.sync();
  } finally {
    await file.close();
  }
}

function startOf(response: Response): number {
  return Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);
}

/** Aborts when the caller does, or after some seconds in which nothing came. */
class Stall {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #milliseconds: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(seconds: number, caller: AbortSignal | undefined) {
    this.#milliseconds = seconds * 1000;
    this.#caller = caller;
    this.reset();
  }

  get signal(): AbortSignal {
    const { signal } = this.#controller;
    return this.#caller === undefined ? signal : AbortSignal.any([signal, this.#caller]);
  }

  reset(): void {
    clearTimeout(this.#timer);
    const reason = new Error(`nothing for ${this.#milliseconds / 1000} s`);
    this.#timer = setTimeout(() => this.#controller.abort(reason), this.#milliseconds);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** The digest of a file by the algorithm that `like` names. */
async function digestOf(path: string, like: Digest): Promise<Digest> {
  const algorithm = like.slice(0, like.indexOf(':')) as 'sha256' | 'md5';
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return `${algorithm}:${hash.digest('hex')}`;
}

function refused({ url, remedy }: DownloadOptions, got: string): LosslabError {
  return expected('missing-data', `to fetch ${url}`, got, remedy, url);
}

function wrongDigest({ url, digest, remedy }: DownloadOptions): LosslabError {
  return expected('bad-data', `${digest} of ${url}`, 'a file with another digest', `try again, or ${remedy}`, url);
}

function failed(cause: unknown, options: DownloadOptions): unknown {
  if (options.signal?.aborted) {
    const message = `[data] expected to fetch ${options.url} to its end, got an interruption; start again to continue`;
    return new LosslabError('interrupted', message, { where: options.url });
  }
  if (cause instanceof LosslabError) return cause;
  const error = cause as Error & { code?: string; cause?: { code?: string; message?: string } };
  if (error.code !== undefined && /^(EACCES|ENOSPC|EROFS|EPERM|ENOTDIR|EDQUOT)$/.test(error.code)) return cause;
  return refused(options, error.cause?.code ?? error.cause?.message ?? error.message);
}
