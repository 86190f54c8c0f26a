import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LosslabError } from '@losslab/core';
import { unwritable } from '../files.ts';

const PAUSE = 200; // milliseconds between two looks at a lock that another holds

/**
 * Runs `work` while no other process or call works in `folder`, waiting for them first. A lock whose process has died is
 * taken over.
 */
export async function locked<T>(folder: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, '.lock');
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw unwritable(folder, cause);
  });
  while (!(await take(lock))) {
    if (signal?.aborted) {
      const message = `[data] expected to wait for ${lock}, got an interruption; start again to continue`;
      throw new LosslabError('interrupted', message, { where: lock });
    }
    await delay(PAUSE);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
    await rmdir(folder).catch(() => {}); // where nothing came of it, the folder is empty and goes
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(lock, cause);
  }
  const holder = Number(await readFile(lock, 'utf8').catch(() => Number.NaN));
  if (holder > 0 && !isAlive(holder)) await rm(lock, { force: true });
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
