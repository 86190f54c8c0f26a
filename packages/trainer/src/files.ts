import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { LosslabError } from '@losslab/core';

const temporary = '.part';

/**
 * Writes a file whole or not at all: into a temporary file beside it, to the disk, then renamed over the old one.
 * @throws LosslabError `bad-run` where the folder takes no file (full, read-only); the old file is then as it was.
 */
export function writeWhole(path: string, pieces: readonly Uint8Array[] | string): void {
  const part = `${path}${temporary}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writePieces(part, typeof pieces === 'string' ? [new TextEncoder().encode(pieces)] : pieces);
    renameSync(part, path);
    syncFolder(dirname(path));
  } catch (error) {
    removeQuietly(part);
    throw unwritable(path, error);
  }
}

/** Reads a file, or undefined where there is none. */
export function readWhole(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new LosslabError('bad-run', `[trainer] expected to read ${path}, got ${reason(error)}`, { cause: error });
  }
}

/** Whether a name is that of a file that a killed process left behind. */
export function isLeftOver(name: string): boolean {
  return name.endsWith(temporary);
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // what made writing fail may make this fail too; the first error is the one to tell
  }
}

function writePieces(path: string, pieces: readonly Uint8Array[]): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at, Math.min(piece.length - at, 1 << 30));
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes the renaming itself last. Windows has no such thing for folders. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function unwritable(path: string, error: unknown): LosslabError {
  return new LosslabError(
    'bad-run',
    `[trainer] expected to write ${path}, got ${reason(error)}; free some space or choose another folder`,
    { where: 'out', cause: error },
  );
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    ENOSPC: 'a full disk',
    EDQUOT: 'a full quota',
    EFBIG: 'a limit on the size of files',
    EACCES: 'no permission',
    EPERM: 'no permission',
    EROFS: 'a read-only file system',
    ENOTDIR: 'a file where a folder should be',
    EEXIST: 'a file where a folder should be',
    EISDIR: 'a folder where a file should be',
  };
  return known[code ?? ''] ?? message;
}
