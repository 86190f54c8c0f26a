import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LosslabError } from '@losslab/core';

/**
 * Writes a file whole or not at all: into a temporary file beside it, flushed to the disk, then renamed.
 * @throws LosslabError `missing-data` where the folder cannot be written to
 */
export async function writeWhole(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      for await (const chunk of chunks) await file.appendFile(chunk); // all of it, where write may stop short
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw unwritable(path, cause);
  }
}

/** Names the path in the errors of the file system, passes on all others. */
export function unwritable(path: string, cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException).code;
  if (cause instanceof LosslabError || typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return cause;
  const message = `[data] expected to write ${path}, got ${code}; choose another folder or make room`;
  return new LosslabError('missing-data', message, { where: path, cause });
}
