import { LosslabError } from '@losslab/core';
import type { ReadFiles } from '../read/read.ts';
import { type ExpectedStatistics, filesOf, type RegistryEntry } from './entry.ts';
import type { Located } from './search.ts';

type Part = keyof ExpectedStatistics['rows'];

/** Compares what was read with what the registry says. @throws LosslabError `bad-data` naming both */
export function checkExpected(entry: RegistryEntry, located: Located, read: ReadFiles): void {
  const { expected } = entry;
  compare('users', expected.users, read.userCount, entry, located);
  compare('items', expected.items, read.itemCount, entry, located);
  for (const [k, part] of partsOf(located).entries()) {
    const rows = expected.rows[part];
    if (rows !== undefined)
      compare(`rows in ${located.paths[k]}`, rows, read.files[k]!.rows.users.length, entry, located);
  }
}

function partsOf({ layout }: Located): Part[] {
  if ('file' in layout) return ['file'];
  return layout.valid === undefined ? ['train', 'test'] : ['train', 'valid', 'test'];
}

function compare(what: string, wanted: number, got: number, entry: RegistryEntry, { folder }: Located): void {
  if (wanted === got) return;
  const where = `${entry.name} (${folder})`;
  const remedy = `get it again (${entry.homepage}), or open its files by their path`;
  const message = `[data] expected ${wanted} ${what} of ${where}, got ${got}; ${remedy}`;
  throw new LosslabError('bad-data', message, { where: entry.name });
}

/** The sentence that says whether the files are those that the registry knows. */
export function describeFiles(entry: RegistryEntry, located: Located, read: ReadFiles): string {
  const { layout } = located;
  const files = filesOf(layout);
  const differ = files.filter(
    (file, k) => entry.sha256[file] !== undefined && entry.sha256[file] !== read.files[k]!.sha256,
  );
  const same = differ.length === 0 ? '' : ` Not byte for byte the files that the registry knows: ${differ.join(', ')}.`;
  return `${entry.title}, read from ${files.join(', ')} (${layout.format}).${same}`;
}
