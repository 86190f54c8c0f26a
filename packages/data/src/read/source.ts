import { type Digest, sha256 } from '@losslab/core';
import { openPath } from '#path-source';
import { expected } from '../errors.ts';
import { blobChunks } from './blob-source.ts';
import type { OnProgress } from './progress.ts';
import type { Opened } from './reading.ts';

/** A path, or a file that a person chose in a browser. */
export type Input = string | File;

export const nameOf = (input: Input): string => (typeof input === 'string' ? input : input.name);

export interface SourceOptions {
  /** Is given every byte of the file as it lies there. */
  readonly alsoHash?: Digest | undefined;
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

/** @throws LosslabError `missing-data` where there is no such file, `bad-data` where it is an archive or not text. */
export async function openSource(input: Input, options: SourceOptions = {}): Promise<Source> {
  const path = nameOf(input);
  const { size, head, read } = await openInput(input);
  const isPacked = refuseForeign(path, head);
  const hash = sha256();
  const hashes = options.alsoHash === undefined ? [hash] : [hash, options.alsoHash];
  let done = 0;
  const seen = (chunk: Uint8Array): void => {
    for (const each of hashes) each.update(chunk);
    done += chunk.length;
    options.onProgress?.({ stage: 'read', source: path, done, total: size });
  };
  const chunks = read({ isPacked, seen, signal: options.signal });
  return { path, chunks, sha256: () => hash.copy().digest('hex') };
}

/** What a path or a `File` gives to read from. @throws LosslabError `missing-data` where there is no such file */
export async function openInput(input: Input): Promise<Opened> {
  return typeof input === 'string' ? openPath(input) : openFile(input);
}

async function openFile(file: File): Promise<Opened> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const slice = (start: number, end?: number) => file.slice(start, end).arrayBuffer();
  return {
    size: file.size,
    head,
    read: (how) => blobChunks(file, how),
    buffer: async () => ({ byteLength: file.size, slice }),
  };
}

const startsWith = (bytes: Uint8Array, head: readonly number[]) => head.every((byte, k) => bytes[k] === byte);

const PARQUET = [0x50, 0x41, 0x52, 0x31]; // PAR1

/** Whether a file begins as Parquet does. @throws LosslabError `missing-data` where there is no such file */
export async function isParquet(input: Input): Promise<boolean> {
  return startsWith((await openInput(input)).head, PARQUET);
}

/** SHA-256 of a file's bytes, hexadecimal. */
export async function digestOf(input: Input, { alsoHash, signal }: SourceOptions): Promise<string> {
  const hash = sha256();
  const seen = (chunk: Uint8Array): void => {
    hash.update(chunk);
    alsoHash?.update(chunk);
  };
  const { read } = await openInput(input);
  for await (const _ of read({ isPacked: false, seen, signal }));
  return hash.digest('hex');
}

/** Whether the file is gzip; throws where it is something that no reader here takes. */
function refuseForeign(path: string, head: Uint8Array): boolean {
  if (startsWith(head, [0x50, 0x4b, 3, 4])) {
    throw expected('bad-data', `text or gzip in ${path}`, 'a zip archive', 'unpack it and name a file in it', path);
  }
  if (startsWith(head, PARQUET)) {
    throw expected('bad-data', `text or gzip in ${path}`, 'Parquet', 'say format parquet, or none', path);
  }
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) {
    throw expected('bad-data', `UTF-8 text in ${path}`, 'UTF-16', 'save it as UTF-8', path);
  }
  return startsWith(head, [0x1f, 0x8b]);
}
