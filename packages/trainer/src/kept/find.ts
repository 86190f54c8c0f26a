import { type Dirent, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LosslabError } from '@losslab/core';
import { type KeptRun, readCell, readRun } from './read.ts';

/** A file or folder that looks like a run and cannot be read as one. */
export interface PassedOver {
  readonly path: string;
  readonly reason: string;
}

export interface FoundRuns {
  /** By path. */
  readonly runs: readonly KeptRun[];
  readonly passedOver: readonly PassedOver[];
}

const skipped: readonly string[] = ['node_modules', 'checkpoint'];

/**
 * The runs in some folders and all folders below them: those that `train` left, several seeds of one, and the cells of
 * `reproduce`, finished and unfinished. A path may also be a run's folder or a cell's file itself. Damaged and foreign
 * files where runs should be are named and passed over.
 * @throws LosslabError `missing-data` for a path that is not there.
 */
export function findRuns(paths: readonly string[]): FoundRuns {
  const runs: KeptRun[] = [];
  const passedOver: PassedOver[] = [];
  const attempt = (path: string, read: () => KeptRun | undefined): boolean => {
    try {
      const run = read();
      if (run !== undefined) runs.push(run);
      return run !== undefined;
    } catch (error) {
      if (!(error instanceof LosslabError)) throw error;
      passedOver.push({ path, reason: reasonOf(error) });
      return true;
    }
  };
  const visit = (dir: string): void => {
    const entries = entriesOf(dir);
    if (entries.some(({ name }) => name === 'run.json') && attempt(dir, () => readRun(dir))) return;
    for (const entry of entries) {
      const path = join(dir, entry.name);
      const isFolder = entry.isDirectory() && !skipped.includes(entry.name) && !entry.name.startsWith('.');
      if (isFolder) visit(path);
      else if (basename(dir) === 'cells' && isCell(entry.name)) attempt(path, () => readCell(path));
    }
  };
  for (const path of new Set(paths)) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) throw absent(path);
    if (stat.isDirectory()) visit(path);
    else attempt(path, () => readCell(path));
  }
  const byPath = new Map(runs.map((run) => [run.path, run]));
  return { runs: [...byPath.values()], passedOver };
}

const isCell = (name: string): boolean => name.endsWith('.json') && !name.endsWith('.probed.json');

function entriesOf(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).sort((a, b) => naturally(a.name, b.name));
  } catch {
    return []; // not ours to read
  }
}

const { compare: naturally } = new Intl.Collator('en', { numeric: true }); // seed-2 before seed-10

/** `expected ..., got ...`, without the package and the remedy. */
function reasonOf({ message }: LosslabError): string {
  return message.replace(/^\[[^\]]*\] /, '').replace(/; [^;]*$/, '');
}

function absent(path: string): LosslabError {
  return new LosslabError('missing-data', `[trainer] expected a folder at ${path}, got none; check the path`, {
    where: 'folder',
  });
}
