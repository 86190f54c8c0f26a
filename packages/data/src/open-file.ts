import type { Dataset } from '@losslab/core';
import { datasetOf, type Parts } from './dataset.ts';
import { expected } from './errors.ts';
import type { OpenOptions } from './open-options.ts';
import { filterRatings } from './prepare.ts';
import { type ReadFiles, type ReadOptions, readFiles } from './read/read.ts';
import { type Input, nameOf } from './read/source.ts';
import { labelled, splitTable } from './split-table.ts';
import type { RowTable } from './table/rows.ts';

/** One file, split as the options say. */
export async function openFile(input: Input, options: OpenOptions): Promise<Dataset> {
  const read = await readFiles([input], readOptions(options));
  const file = nameOf(input).replace(/^.*[\\/]/, '');
  const name = file.replace(/\.gz$/, '').replace(/\.[^.]+$/, '');
  return single(name, read, [`Read from ${file}.`, ...notesOf(read)], options);
}

export function readOptions({ signal, onProgress, format, columns }: OpenOptions): ReadOptions {
  return { signal, onProgress, format, columns };
}

export const notesOf = (read: ReadFiles) => read.files.flatMap((file) => file.notes);

function tablesOf({ files, userCount, itemCount }: ReadFiles): RowTable[] {
  return files.map(({ rows }) => ({ userCount, itemCount, ...rows }));
}

/** A split as its files give it. */
export function given(name: string, read: ReadFiles, provenance: string[], options: OpenOptions): Dataset {
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

/** One table, which is split. */
export function single(name: string, read: ReadFiles, provenance: string[], options: OpenOptions): Dataset {
  const { ids, checksum } = read;
  return splitTable({ name, table: tablesOf(read)[0]!, ids, checksum, provenance }, options);
}
