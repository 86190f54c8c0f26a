import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { LosslabError } from '@losslab/core';
import { expected } from '../errors.ts';
import type { OnProgress } from './progress.ts';

export interface SourceOptions {
  /** Is given every byte of the file as it lies there. */
  readonly alsoHash?: Hash | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** The bytes of a file, unpacked where it is gzip (told by its first bytes), and the digest of the file as it lies there. */
export interface Source {
  readonly path: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** SHA-256 of the file's bytes, hexadecimal; complete once `chunks` has ended. */
  sha256(): string;
}

const CHUNK = 1 << 20;

/** @throws LosslabError `missing-data` where there is no such file, `bad-data` where it is an archive or not text. */
export async function openSource(path: string, options: SourceOptions = {}): Promise<Source> {
  const size = await sizeOf(path);
  const isPacked = refuseForeign(path, await firstBytes(path));
  const hash = createHash('sha256');
  const hashes = options.alsoHash === undefined ? [hash] : [hash, options.alsoHash];
  const counted = count(path, size, hashes, options.onProgress);
  return { path, chunks: chunksOf(path, counted, isPacked, options.signal), sha256: () => hash.copy().digest('hex') };
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'no such file' : String(cause.code);
    throw expected('missing-data', `a file at ${path}`, why, 'check the path', path);
  });
  if (found.isFile()) return found.size;
  throw expected('missing-data', `a file at ${path}`, 'something else', 'name a file in it', path);
}

/** The first four bytes of a file, fewer where it has fewer. */
async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw expected('missing-data', `a readable file at ${path}`, String(cause.code), 'check its permissions', path);
  });
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const startsWith = (bytes: Uint8Array, head: readonly number[]) => head.every((byte, k) => bytes[k] === byte);

/** Whether the file is gzip; throws where it is something that no reader here takes. */
function refuseForeign(path: string, head: Uint8Array): boolean {
  if (startsWith(head, [0x50, 0x4b, 3, 4])) {
    throw expected('bad-data', `text or gzip in ${path}`, 'a zip archive', 'unpack it and name a file in it', path);
  }
  if (startsWith(head, [0x50, 0x41, 0x52, 0x31])) {
    throw expected('bad-data', `text or gzip in ${path}`, 'Parquet', 'convert it to CSV first', path);
  }
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) {
    throw expected('bad-data', `UTF-8 text in ${path}`, 'UTF-16', 'save it as UTF-8', path);
  }
  return startsWith(head, [0x1f, 0x8b]);
}

function count(path: string, total: number, hashes: readonly Hash[], onProgress?: OnProgress): Transform {
  let done = 0;
  return new Transform({
    writableHighWaterMark: CHUNK,
    readableHighWaterMark: CHUNK,
    transform(chunk: Uint8Array, _encoding, next) {
      for (const hash of hashes) hash.update(chunk);
      done += chunk.length;
      onProgress?.({ stage: 'read', source: path, done, total });
      next(null, chunk);
    },
  });
}

async function* chunksOf(
  path: string,
  counted: Transform,
  isPacked: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: CHUNK });
  const last = isPacked ? createGunzip({ chunkSize: CHUNK }) : counted;
  const flow = (isPacked ? pipeline(file, counted, last) : pipeline(file, counted)).catch(() => {});
  const stop = () => file.destroy(interrupted(path));
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of last) yield chunk as Uint8Array;
  } catch (cause) {
    throw readable(path, cause);
  } finally {
    signal?.removeEventListener('abort', stop);
    file.destroy();
    await flow;
  }
}

function interrupted(path: string): LosslabError {
  return new LosslabError(
    'interrupted',
    `[data] expected to read ${path} to its end, got an interruption; start again`,
    {
      where: path,
    },
  );
}

function readable(path: string, cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'Z_BUF_ERROR') {
    return expected('bad-data', `a whole gzip file at ${path}`, 'one that is cut short', 'get it again', path);
  }
  if (typeof code === 'string' && code.startsWith('Z_')) {
    return expected('bad-data', `a gzip file at ${path}`, `damaged data (${code})`, 'get it again', path);
  }
  return cause;
}
