import { type EngineInfo, LosslabError, leaves } from '@losslab/core';
import type { RunConfig } from './config.ts';
import type { RunFolder, RunRecord } from './folder.ts';

/** What may differ between a run and its continuation: none of these changes a step that was done before. */
const free = ['epochs', 'patience', 'checkpointEvery', 'threads', 'engine'];

/**
 * Decides whether a folder's run is gone on with.
 * @returns whether the folder holds a run to go on with; without one, a new run may begin there.
 * @throws LosslabError `bad-run` where the folder holds a run and `resume` is off, holds other things and `resume` is
 *   on, or holds a run of other settings or other data.
 */
export function checkFolder(folder: RunFolder, now: RunRecord, resume: boolean): boolean {
  const { dir } = folder;
  const record = folder.readRecord();
  if (record === undefined) {
    if (resume && !folder.isEmpty()) throw badFolder(`a run in ${dir}`, 'other files', 'choose another folder');
    return false;
  }
  if (!resume) throw badFolder(`a folder without a run`, dir, 'resume that run or choose another folder');
  for (const [what, key] of [
    ['data', 'checksum'],
    ['split', 'split'],
  ] as const) {
    if (record[key] === now[key]) continue;
    const [theirs, ours] = [record[key], now[key]].map((sum) => `${sum.slice(0, 12)}…`);
    throw badFolder(
      `the ${what} that ${dir} was trained on (${theirs})`,
      ours!,
      `use the same ${what} or another folder`,
    );
  }
  const difference = firstDifference(record.config, now.config);
  if (difference !== undefined) {
    const { path, ours, theirs } = difference;
    throw badFolder(`${path} ${theirs} as in ${dir}`, ours, 'use the same settings or another folder');
  }
  return true;
}

/** A warning where a run goes on with another engine, or another build of it, than it began with. */
export function engineWarning(before: EngineInfo | undefined, now: EngineInfo): string | undefined {
  // The builds `relaxed` and `wide` differ in speed alone.
  const name = ({ name, build }: EngineInfo) =>
    build === undefined ? name : `${name} (${build === 'wide' ? 'relaxed' : build})`;
  if (before === undefined || name(before) === name(now)) return undefined;
  return `this run began on engine ${name(before)} and goes on with ${name(now)}: its bits are not those of one engine`;
}

function badFolder(expected: string, got: string, remedy: string): LosslabError {
  return new LosslabError('bad-run', `[trainer] expected ${expected}, got ${got}; ${remedy}`, { where: 'resume' });
}

interface Difference {
  readonly path: string;
  readonly theirs: string;
  readonly ours: string;
}

/** The first setting, by its dotted path, that the two configurations do not share. */
export function firstDifference(before: RunConfig, now: RunConfig): Difference | undefined {
  const [theirs, ours] = [new Map(leaves(before)), new Map(leaves(now))];
  for (const path of new Set([...theirs.keys(), ...ours.keys()])) {
    const isFree = free.includes(path);
    if (!isFree && theirs.get(path) !== ours.get(path)) {
      return { path, theirs: theirs.get(path) ?? 'unset', ours: ours.get(path) ?? 'unset' };
    }
  }
  return undefined;
}
