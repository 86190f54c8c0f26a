import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { expected } from '../errors.ts';
import { interrupted, type Opened, type Reading } from './reading.ts';

const CHUNK = 1 << 20;

/** @throws LosslabError `missing-data` where there is no such file. */
export async function openPath(path: string): Promise<Opened> {
  const size = await sizeOf(path);
  const buffer = async () => (await import('hyparquet')).asyncBufferFromFile(path);
  return { size, head: await firstBytes(path), read: (how) => chunksOf(path, how), buffer };
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'no such file' : String(cause.code);
    throw expected('missing-data', `a file at ${path}`, why, 'check the path', path);
  });
  if (found.isFile()) return found.size;
  throw expected('missing-data', `a file at ${path}`, 'something else', 'name a file in it', path);
}

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

function through(seen: Reading['seen']): Transform {
  return new Transform({
    writableHighWaterMark: CHUNK,
    readableHighWaterMark: CHUNK,
    transform(chunk: Uint8Array, _encoding, next) {
      seen(chunk);
      next(null, chunk);
    },
  });
}

async function* chunksOf(path: string, { isPacked, seen, signal }: Reading): AsyncGenerator<Uint8Array> {
  const counted = through(seen);
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
