import { type IdMaps, sha256 } from '@losslab/core';
import { expected } from '../errors.ts';
import type { RowTable } from '../table/rows.ts';
import { readDelimited } from './delimited.ts';
import { detectFormat } from './detect.ts';
import { type ColumnMapping, type Format, formatNamed, isNumbered } from './format.ts';
import { readJsonLines } from './json-lines.ts';
import { readJsonLists } from './json-lists.ts';
import { readLightGcn } from './lightgcn.ts';
import { readParquet } from './parquet.ts';
import { GivenNumbering, NamedNumbering, type Numbering, type ReadRows, type Rows } from './rows.ts';
import { digestOf, type Input, nameOf, openSource, type Source, type SourceOptions } from './source.ts';

export interface ReadOptions extends Omit<SourceOptions, 'alsoHash'> {
  /** A name from FORMATS or a description of one; without it, told by the file's name and first lines. */
  readonly format?: string | Format | undefined;
  /** Which columns to take of a delimited, JSON Lines or Parquet file, instead of the format's. */
  readonly columns?: ColumnMapping | undefined;
  /** Ids that are numbered already, as those of a data set are: others are numbered after them. */
  readonly ids?: IdMaps | undefined;
  /** At least this many users and items, for formats whose numbers are the numbering itself. */
  readonly least?: { readonly users?: number; readonly items?: number } | undefined;
}

export interface ReadFile {
  readonly path: string;
  readonly rows: Rows;
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string;
  readonly notes: readonly string[];
}

/** Files read with one numbering. */
export interface ReadFiles {
  readonly files: readonly ReadFile[];
  readonly userCount: number;
  readonly itemCount: number;
  readonly ids: IdMaps;
  /** SHA-256 over the bytes of all files in order, hexadecimal. */
  readonly checksum: string;
}

/**
 * Reads files that share users and items, such as the parts of a split, one after the other: paths, or `File`s that a
 * person chose in a browser, where paths are not to be had.
 * @throws LosslabError `missing-data`, or `bad-data` naming file, line and column (of Parquet: file, column and row).
 */
export async function readFiles(inputs: readonly Input[], options: ReadOptions = {}): Promise<ReadFiles> {
  const formats: Format[] = [];
  for (const input of inputs) {
    formats.push(withColumns(await formatFor(input, options.format), options.columns, nameOf(input)));
  }
  const paths = inputs.map(nameOf);
  const numbering = numberingFor(paths, formats, options);
  const all = sha256();
  const files: ReadFile[] = [];
  for (const [k, input] of inputs.entries()) {
    const file = await readFile(input, formats[k]!, numbering, { ...options, alsoHash: all });
    if (file.rows.users.length === 0) {
      throw expected(
        'bad-data',
        `interactions in ${file.path}`,
        'none',
        'get it again, or name another file',
        file.path,
      );
    }
    files.push(file);
  }
  const { userCount, itemCount } = numbering;
  return { files, userCount, itemCount, ids: numbering.ids(), checksum: all.digest('hex') };
}

/** Reads one file as a table, in its order. */
export async function readTable(
  input: Input,
  options: ReadOptions = {},
): Promise<{ table: RowTable; ids: IdMaps; checksum: string; notes: readonly string[] }> {
  const { files, userCount, itemCount, ids, checksum } = await readFiles([input], options);
  const { rows, notes } = files[0]!;
  return { table: { userCount, itemCount, ...rows }, ids, checksum, notes };
}

async function formatFor(input: Input, format: string | Format | undefined): Promise<Format> {
  if (typeof format === 'object') return format;
  return format === undefined ? detectFormat(input) : formatNamed(format);
}

function withColumns(format: Format, columns: ColumnMapping | undefined, path: string): Format {
  if (columns === undefined) return format;
  if (format.kind !== 'lightgcn' && format.kind !== 'json-lists') return { ...format, columns };
  throw expected(
    'bad-option',
    `no columns for ${path} (${format.kind})`,
    'some',
    'leave them out, or say the format',
    'columns',
  );
}

function numberingFor(paths: readonly string[], formats: readonly Format[], { least, ids }: ReadOptions): Numbering {
  const isGiven = isNumbered(formats[0]!);
  const odd = formats.findIndex((format) => isNumbered(format) !== isGiven);
  if (odd >= 0) {
    const kinds = `${formats[0]!.kind} and ${formats[odd]!.kind}`;
    throw expected('bad-data', `one numbering in ${paths[0]} and ${paths[odd]}`, kinds, 'say the format', paths[odd]);
  }
  if (isGiven && ids !== undefined) {
    const got = `${formats[0]!.kind}, whose numbers are a numbering of their own`;
    throw expected('bad-option', `a format with ids in ${paths[0]}`, got, 'leave ids out', 'ids');
  }
  return isGiven ? new GivenNumbering(least) : new NamedNumbering(ids);
}

async function readFile(input: Input, format: Format, numbering: Numbering, options: SourceOptions): Promise<ReadFile> {
  const path = nameOf(input);
  if (format.kind === 'parquet') {
    const read = await readParquet(input, format.columns, numbering as NamedNumbering, options);
    return { path, ...read, sha256: await digestOf(input, options) };
  }
  const source = await openSource(input, options);
  const read = await readRows(source, format, numbering);
  return { path, ...read, sha256: source.sha256() };
}

type TextFormat = Exclude<Format, { readonly kind: 'parquet' }>;

function readRows(source: Source, format: TextFormat, numbering: Numbering): Promise<ReadRows> {
  if (format.kind === 'delimited') return readDelimited(source, format, numbering as NamedNumbering);
  if (format.kind === 'json-lines') return readJsonLines(source, format.columns, numbering as NamedNumbering);
  if (format.kind === 'lightgcn') return readLightGcn(source, numbering as GivenNumbering);
  return readJsonLists(source, numbering as GivenNumbering);
}
