import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Checkout, Session } from '@losslab/core';

let atStart: Session['git'] | undefined;

/**
 * The git checkouts of losslab's own source (not where it is installed) and of the working directory, if they are in any.
 * Asked once a process: what runs is what was there when it began.
 */
export function checkouts(): NonNullable<Session['git']> {
  atStart ??= askAll();
  return atStart;
}

function askAll(): NonNullable<Session['git']> {
  const own = dirname(fileURLToPath(import.meta.url));
  const losslab = /[\\/]node_modules[\\/]/.test(own) ? undefined : checkoutOf(own);
  const project = checkoutOf(process.cwd());
  return { ...(losslab && { losslab }), ...(project && { project }) };
}

/** The checkout that a folder lies in; undefined where there is none, or git is not there or does not answer. */
export function checkoutOf(folder: string): Checkout | undefined {
  try {
    const commit = git(folder, 'rev-parse', '--verify', 'HEAD').trim();
    return { commit, modified: git(folder, 'status', '--porcelain', '--untracked-files=no').trim() !== '' };
  } catch {
    return undefined;
  }
}

function git(folder: string, ...args: readonly string[]): string {
  // Git's own variables, as hooks set them, would point elsewhere.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
  return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', timeout: 3000, stdio, env });
}
