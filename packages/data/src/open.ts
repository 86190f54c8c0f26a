import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Dataset, type Protocol, unknownName } from '@losslab/core';
import { datasetOf, type Parts } from './dataset.ts';
import { expected } from './errors.ts';
import { fetchDataset } from './fetch/fetch.ts';
import { generate } from './generate/generate.ts';
import type { GenerateOptions } from './generate/options.ts';
import { injectFalsePositives } from './inject.ts';
import { filterRatings, prepare } from './prepare.ts';
import type { ColumnMapping, Format } from './read/format.ts';
import type { OnProgress } from './read/progress.ts';
import { type ReadFiles, type ReadOptions, readFiles } from './read/read.ts';
import type { RegistryEntry } from './registry/entry.ts';
import { checkExpected, describeFiles } from './registry/expected.ts';
import { partsIn } from './registry/folder.ts';
import { datasetNames, GENERATED, REGISTRY } from './registry/registry.ts';
import { isFolder, type Located, locate, locateFolder, searchPath } from './registry/search.ts';
import { describeSplit, parseSplit, type SplitSpec } from './split/spec.ts';
import { splitRows } from './split/split.ts';
import type { CoreSize } from './table/filters.ts';
import { type LabelRule, type LabelRuleName, labelRows } from './table/labels.ts';
import { type RowTable, takeRows } from './table/rows.ts';

export interface OpenOptions {
  /** `clean` takes a validation part out of the training part where there is none, `paper` leaves the parts as given. */
  readonly protocol: Protocol;
  /** For the split of a single file, the validation part of protocol `clean`, and injected noise. */
  readonly seed: number;
  /** Looked in before $LOSSLAB_DATA, ./data and the user's cache folder. */
  readonly dataDir?: string | undefined;
  /** How a single file is split, as `parseSplit` reads it or in parts; without it `per-user:80/20`. */
  readonly split?: string | SplitSpec | undefined;
  /** A name from FORMATS or a description; without it, the registry's, or told by the file's name and first lines. */
  readonly format?: string | Format | undefined;
  /** Which columns of a delimited or JSON Lines file to take. */
  readonly columns?: ColumnMapping | undefined;
  /** Only rows with at least this rating. */
  readonly minRating?: number | undefined;
  /**
   * How ratings become labels: a pair is liked, disliked, or neither (`unlabelled`). A rule by name or one's own;
   * without it ratings are not labels.
   */
  readonly labels?: LabelRuleName | LabelRule | undefined;
  /** Only the k-core; for a single file, before it is split. */
  readonly kCore?: CoreSize | undefined;
  /**
   * Injected false positives a training interaction: 0.1 adds a tenth to each user's items. They are no part of what is held
   * out, and are kept as the data set's `falsePositives`.
   */
  readonly falsePositives?: number | undefined;
  /** Of the data set `generated`. */
  readonly generate?: GenerateOptions | undefined;
  /** Whether a data set that is not on the search path is fetched; true without it. */
  readonly fetch?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Give up fetching after so many seconds without a byte. */
  readonly patience?: number | undefined;
}

/**
 * Opens a data set: one that the registry knows (fetched where it is nowhere on the search path), `generated`, a folder
 * with the parts of a split, or one file, which is split.
 * @throws LosslabError `unknown-name`, `missing-data`, `bad-data` or `bad-option`, saying what to do
 */
export async function openDataset(nameOrPath: string, options: OpenOptions): Promise<Dataset> {
  const dataset = await openClean(nameOrPath, options);
  const { falsePositives: rate, seed } = options;
  return rate === undefined ? dataset : injectFalsePositives(dataset, rate, seed);
}

async function openClean(nameOrPath: string, options: OpenOptions): Promise<Dataset> {
  if (nameOrPath === GENERATED) return generate(options.generate, options).dataset;
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

async function openFile(path: string, options: OpenOptions): Promise<Dataset> {
  const read = await readFiles([path], readOptions(options));
  const name = basename(path)
    .replace(/\.gz$/, '')
    .replace(/\.[^.]+$/, '');
  return single(name, read, [`Read from ${basename(path)}.`, ...notesOf(read)], options);
}

function readOptions({ signal, onProgress, format, columns }: OpenOptions): ReadOptions {
  return { signal, onProgress, format, columns };
}

const notesOf = (read: ReadFiles) => read.files.flatMap((file) => file.notes);

function tablesOf({ files, userCount, itemCount }: ReadFiles): RowTable[] {
  return files.map(({ rows }) => ({ userCount, itemCount, ...rows }));
}

/** A split as its files give it. */
function given(name: string, read: ReadFiles, provenance: string[], options: OpenOptions): Dataset {
  if (options.split !== undefined) {
    throw expected('bad-option', `no split for ${name}, which is split already`, 'one', 'leave it out', 'split');
  }
  if (options.kCore !== undefined) {
    throw expected('bad-option', `no k-core for ${name}, which is split already`, 'one', 'leave it out', 'kCore');
  }
  const tables = tablesOf(read).map((table) =>
    labelled(filterRatings(table, options, provenance), options, provenance),
  );
  const [train, test] = [tables[0]!, tables.at(-1)!];
  const parts: Parts = { train, valid: tables.length === 3 ? tables[1] : undefined, test };
  const { unlabelled } = train;
  return datasetOf({ name, parts, unlabelled, ids: read.ids, checksum: read.checksum, provenance }, options);
}

/** The rows with labels by the rule, where there is one. */
function labelled(table: RowTable, { labels }: OpenOptions, provenance: string[]): RowTable {
  return labels === undefined ? table : labelRows(table, labels, provenance);
}

/** One table, which is split. */
function single(name: string, read: ReadFiles, provenance: string[], options: OpenOptions): Dataset {
  const { split = 'per-user', seed } = options;
  const spec = typeof split === 'string' ? parseSplit(split) : split;
  const rated = prepare(tablesOf(read)[0]!, read.ids, options, provenance);
  const table = labelled(rated.table, options, provenance);
  const { ids } = rated;
  const rows = splitRows(table, spec, seed);
  provenance.push(describeSplit(spec, seed));
  const part = (numbers: Int32Array) => takeRows(table, numbers);
  const valid = rows.valid.length > 0 ? part(rows.valid) : undefined;
  const parts: Parts = { train: part(rows.train), valid, test: part(rows.test) };
  const { unlabelled } = table;
  return datasetOf({ name, parts, unlabelled, ids, checksum: read.checksum, provenance }, options);
}
