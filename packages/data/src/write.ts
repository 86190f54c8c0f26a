import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { type Dataset, type IdMaps, type Interactions, type InteractionTable, unknownName } from '@losslab/core';
import { expected } from './errors.ts';
import { writeWhole } from './files.ts';
import { usersOf } from './table/sets.ts';
import { type ParquetColumn, writeParquet } from './write-parquet.ts';

export const WRITE_FORMATS = ['lightgcn', 'recbole', 'tsv', 'csv', 'parquet'] as const;
export type WriteFormat = (typeof WRITE_FORMATS)[number];

/** Text is handed on in pieces of about so many characters. */
const PIECE = 1 << 16;

/** Writes `user item item ...`, a line for each user with items, in internal numbers; gzip where the path ends in `.gz`. */
export async function writeLightGcn(path: string, data: Interactions): Promise<void> {
  await writeText(path, lightGcnLines(data));
}

function* lightGcnLines(data: Interactions): Generator<string> {
  for (let u = 0; u < data.userCount; u++) {
    const items = data.indices.subarray(data.indptr[u]!, data.indptr[u + 1]!);
    if (items.length > 0) yield `${u} ${items.join(' ')}\n`;
  }
}

/**
 * Writes one interaction a line with a header, external ids: RecBole's `.inter`, TSV or CSV; or a row of a Parquet file.
 * @throws LosslabError `bad-data` for an id that the format cannot hold
 */
export async function writeRows(
  path: string,
  data: Interactions | InteractionTable,
  ids: IdMaps,
  format: Exclude<WriteFormat, 'lightgcn'>,
): Promise<void> {
  if (format === 'parquet') await writeParquet(path, { rowCount: rowCount(data), columns: parquetColumns(data, ids) });
  else await writeText(path, rowLines(data, ids, format));
}

const rowCount = (data: Interactions | InteractionTable) => ('users' in data ? data.users : data.indices).length;

function parquetColumns(data: Interactions | InteractionTable, ids: IdMaps): ParquetColumn[] {
  const users = 'users' in data ? data.users : usersOf(data);
  const items = 'users' in data ? data.items : data.indices;
  const { ratings, timestamps } = data;
  const [user, item, rating, timestamp] = HEADERS.csv;
  return [
    { name: user, type: 'string', at: (row) => ids.users[users[row]!]! },
    { name: item, type: 'string', at: (row) => ids.items[items[row]!]! },
    ...(ratings ? [{ name: rating, type: 'float32', at: (row: number) => ratings[row]! } as const] : []),
    ...(timestamps ? [{ name: timestamp, type: 'float64', at: (row: number) => timestamps[row]! } as const] : []),
  ];
}

const HEADERS = {
  recbole: ['user_id:token', 'item_id:token', 'rating:float', 'timestamp:float'],
  tsv: ['user_id', 'item_id', 'rating', 'timestamp'],
  csv: ['user_id', 'item_id', 'rating', 'timestamp'],
} as const;

function* rowLines(
  data: Interactions | InteractionTable,
  ids: IdMaps,
  format: keyof typeof HEADERS,
): Generator<string> {
  const separator = format === 'csv' ? ',' : '\t';
  const users = 'users' in data ? data.users : usersOf(data);
  const items = 'users' in data ? data.items : data.indices;
  const { ratings, timestamps } = data;
  const [user, item, rating, timestamp] = HEADERS[format];
  yield `${[user, item, ...(ratings ? [rating] : []), ...(timestamps ? [timestamp] : [])].join(separator)}\n`;
  const cell = format === 'csv' ? csvCell : tabCell;
  for (let row = 0; row < users.length; row++) {
    let line = cell(ids.users[users[row]!]!) + separator + cell(ids.items[items[row]!]!);
    if (ratings) line += separator + shortest(ratings[row]!);
    if (timestamps) line += separator + timestamps[row]!;
    yield `${line}\n`;
  }
}

/** The shortest decimal that is this float32. */
function shortest(value: number): string {
  if (Object.is(value, -0)) return '-0'; // which String loses
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(value);
}

const csvCell = (id: string) => (/[",]/.test(id) ? `"${id.replaceAll('"', '""')}"` : tabCell(id));

function tabCell(id: string): string {
  if (!/[\t\r\n]/.test(id)) return id;
  throw expected('bad-data', 'ids without tabs and line breaks', JSON.stringify(id), 'rename it');
}

async function writeText(path: string, lines: Iterable<string>): Promise<void> {
  const pieces = inPieces(lines);
  if (!path.endsWith('.gz')) return writeWhole(path, pieces);
  await writeWhole(path, Readable.from(pieces).pipe(createGzip()));
}

function* inPieces(lines: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    yield encoder.encode(piece);
    piece = '';
  }
  if (piece !== '') yield encoder.encode(piece);
}

const EXTENSION = { lightgcn: 'txt', recbole: 'inter', tsv: 'tsv', csv: 'csv', parquet: 'parquet' } as const;

/**
 * Writes the parts of a data set into a folder: `train.txt`, `test.txt` and perhaps `valid.txt`, or with the format's
 * extension. Returns the paths written.
 * @throws LosslabError `unknown-name` for a format, `missing-data` where the folder cannot be written to
 */
export async function writeDataset(dataset: Dataset, folder: string, format: WriteFormat): Promise<string[]> {
  if (!WRITE_FORMATS.includes(format)) throw unknownName('format to write', format, WRITE_FORMATS, 'data');
  const paths: string[] = [];
  for (const part of ['train', 'valid', 'test'] as const) {
    const data = dataset[part];
    if (data === undefined) continue;
    const path = join(folder, `${part}.${EXTENSION[format]}`);
    if (format === 'lightgcn') await writeLightGcn(path, data);
    else await writeRows(path, data, dataset.ids, format);
    paths.push(path);
  }
  return paths;
}
