import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { LosslabError } from '@losslab/core';

/**
 * Writes a text file whole or not at all: to a temporary file beside it, then renamed. Makes the folder.
 * @throws LosslabError `bad-run` where the folder cannot be written.
 */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(temporary, 'w');
    try {
      let at = 0;
      const bytes = Buffer.from(text, 'utf8');
      while (at < bytes.length) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (cause) {
    discard(temporary);
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new LosslabError(
      'bad-run',
      `[report] expected to write ${path}, got ${reason}; choose a folder that can be written`,
      { where: 'out', cause },
    );
  }
}

// The folder may be a file, or gone: then there is nothing to discard.
function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}
