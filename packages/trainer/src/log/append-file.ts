import { closeSync, ftruncateSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file that grows. What was appended is the system's: it stays when the process is killed. */
export interface AppendFile {
  append(piece: Uint8Array | string): void;
  close(): void;
}

/** Whether there is a file at a path that can be read again: not a device, not a pipe. */
export function isPlainFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Opens a file, made with its folder where it is not there, and goes on after its first `kept` bytes. */
export function appendFile(path: string, kept: number): AppendFile {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, kept === 0 ? 'w' : 'r+');
  const isPlain = isPlainFile(path);
  if (isPlain) ftruncateSync(file, kept);
  let at = kept;
  return {
    append(piece) {
      const bytes = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
      for (let done = 0; done < bytes.length; ) {
        const written = writeSync(file, bytes, done, bytes.length - done, isPlain ? at : null);
        done += written;
        at += written;
      }
    },
    close: () => closeSync(file),
  };
}
