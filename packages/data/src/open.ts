import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Dataset, unknownName } from '@losslab/core';
import { expected } from './errors.ts';
import { fetchDataset } from './fetch/fetch.ts';
import { generatedNamed } from './generate/named.ts';
import { injectFalsePositives } from './inject.ts';
import { given, notesOf, openFile, readOptions, single } from './open-file.ts';
import type { OpenOptions } from './open-options.ts';
import { readFiles } from './read/read.ts';
import type { Input } from './read/source.ts';
import type { RegistryEntry } from './registry/entry.ts';
import { checkExpected, describeFiles } from './registry/expected.ts';
import { partsIn } from './registry/folder.ts';
import { datasetNames, REGISTRY } from './registry/registry.ts';
import { isFolder, type Located, locate, locateFolder, searchPath } from './registry/search.ts';

/**
 * Opens a data set: one that the registry knows (fetched where it is nowhere on the search path), `generated` or
 * `generated-plays`, a folder with the parts of a split, or one file (by its path, or as a `File`), which is split.
 * @throws LosslabError `unknown-name`, `missing-data`, `bad-data` or `bad-option`, saying what to do
 */
export async function openDataset(nameOrPath: Input, options: OpenOptions): Promise<Dataset> {
  const dataset = await openClean(nameOrPath, options);
  const { falsePositives: rate, seed } = options;
  return rate === undefined ? dataset : injectFalsePositives(dataset, rate, seed);
}

async function openClean(nameOrPath: Input, options: OpenOptions): Promise<Dataset> {
  if (typeof nameOrPath !== 'string') return openFile(nameOrPath, options);
  const generated = generatedNamed(nameOrPath, options);
  if (generated !== undefined) return generated;
  const entry = REGISTRY.get(nameOrPath);
  if (entry !== undefined) return openRegistered(entry, options);
  const path = existsSync(nameOrPath) ? resolve(nameOrPath) : locateFolder(nameOrPath, searchPath(options.dataDir));
  if (path !== undefined) return isFolder(path) ? openFolder(path, options) : openFile(path, options);
  if (/[\\/.]/.test(nameOrPath)) {
    throw expected('missing-data', `a file or folder at ${nameOrPath}`, 'nothing there', 'check the path', nameOrPath);
  }
  throw unknownName('data set', nameOrPath, datasetNames(), 'data');
}

async function openRegistered(entry: RegistryEntry, options: OpenOptions): Promise<Dataset> {
  const located = await locateOrFetch(entry, options);
  const { layout, paths } = located;
  const columns = options.columns ?? ('file' in layout ? layout.columns : undefined);
  const { users, items } = entry.expected;
  const format = options.format ?? layout.format;
  const read = await readFiles(paths, { ...readOptions({ ...options, format, columns }), least: { users, items } });
  // Other columns may drop rows, and the users and items that have no others.
  if (options.columns === undefined) checkExpected(entry, located, read);
  const provenance = [describeFiles(entry, located, read), ...notesOf(read)];
  return 'file' in layout
    ? single(entry.name, read, provenance, options)
    : given(entry.name, read, provenance, options);
}

async function locateOrFetch(entry: RegistryEntry, options: OpenOptions): Promise<Located> {
  const path = searchPath(options.dataDir);
  const found = locate(entry, path);
  if (found !== undefined) return found;
  if (options.fetch === false) {
    throw expected(
      'missing-data',
      `${entry.name} in ${path.join(' or ')}`,
      'no such folder',
      'fetch it first',
      entry.name,
    );
  }
  await fetchDataset(entry, options);
  return locate(entry, path)!;
}

async function openFolder(folder: string, options: OpenOptions): Promise<Dataset> {
  const { train, valid, test } = partsIn(folder);
  const paths = valid === undefined ? [train, test] : [train, valid, test];
  const read = await readFiles(paths, readOptions(options));
  const names = paths.map((path) => basename(path)).join(', ');
  return given(basename(folder), read, [`The split of the files ${names}.`, ...notesOf(read)], options);
}
