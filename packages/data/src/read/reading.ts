import { LosslabError } from '@losslab/core';
import type { AsyncBuffer } from 'hyparquet';

/** How the bytes of a source are got at. */
export interface Opened {
  readonly size: number; // bytes
  /** The first four bytes of a file, fewer where it has fewer. */
  readonly head: Uint8Array;
  /** The bytes, unpacked where they are gzip; `seen` is given them as they lie there. */
  read(how: Reading): AsyncIterable<Uint8Array>;
  /** The bytes as they lie there, any of them at a time. */
  buffer(): Promise<AsyncBuffer>;
}

export interface Reading {
  readonly isPacked: boolean;
  readonly seen: (chunk: Uint8Array) => void;
  readonly signal: AbortSignal | undefined;
}

/** The error for a reading that its signal ended. */
export function interrupted(path: string): LosslabError {
  return new LosslabError(
    'interrupted',
    `[data] expected to read ${path} to its end, got an interruption; start again`,
    {
      where: path,
    },
  );
}
