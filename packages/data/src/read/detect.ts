import { expected, quoted } from '../errors.ts';
import { FORMATS, type Format, type FormatName } from './format.ts';
import { forEachLine, lineBlocks } from './lines.ts';
import { parseIndex } from './numbers.ts';
import { type Input, isParquet, nameOf, openSource } from './source.ts';

const BY_EXTENSION: Readonly<Record<string, FormatName>> = {
  '.inter': 'recbole',
  '.csv': 'csv',
  '.json': 'json-lists',
  '.jsonl': 'json-lines',
  '.ndjson': 'json-lines',
  '.parquet': 'parquet',
};

/** Lines looked at before a format is guessed. */
const SAMPLE = 50;

/** The format of a file, by its name or its first lines. @throws LosslabError `bad-data` where neither tells. */
export async function detectFormat(input: Input): Promise<Format> {
  const path = nameOf(input);
  const extension = /[^\\/](\.[^.\\/]*)(\.gz)?$/.exec(path)?.[1] ?? '';
  const named = BY_EXTENSION[extension.toLowerCase()];
  if (named !== undefined) return FORMATS[named];
  return FORMATS[(await isParquet(input)) ? 'parquet' : formatOf(await firstLines(input), path)];
}

async function firstLines(input: Input): Promise<string[]> {
  const lines: string[] = [];
  const decoder = new TextDecoder();
  for await (const block of lineBlocks(await openSource(input))) {
    forEachLine(block, 1, (start, end) => {
      if (lines.length < SAMPLE) lines.push(decoder.decode(block.bytes.subarray(start, end)));
    });
    if (lines.length > 0) break;
  }
  return lines;
}

function formatOf(lines: readonly string[], path: string): FormatName {
  const first = lines[0];
  if (first === undefined) {
    throw expected('bad-data', `interactions in ${path}`, 'an empty file', 'get it again, or name another file', path);
  }
  if (first.startsWith('[')) return 'json-lists';
  if (first.startsWith('{')) return 'json-lines';
  if (first.includes('\t')) return /^\S+:(token|float)/.test(first) ? 'recbole' : 'tsv';
  if (first.includes('::')) return 'movielens-1m';
  if (first.includes(',')) return 'csv';
  if (first.includes(' ')) return spacedFormat(lines);
  throw expected(
    'bad-data',
    `a known format in ${path}`,
    quoted(new TextEncoder().encode(first)),
    'say the format',
    path,
  );
}

/** By spaces come LightGCN text (one line a user, as long as they like), `user item label` and other columns. */
function spacedFormat(lines: readonly string[]): FormatName {
  const rows = lines.map((line) => line.trimEnd().split(' '));
  const users = new Set(rows.map((row) => row[0]));
  const isWhole = rows.every((row) => row.every((field) => isIndex(field)));
  if (isWhole && users.size === rows.length && !isTable(rows)) return 'lightgcn';
  const isLabelled = rows.every((row) => row.length === 3 && (Number(row[2]) === 0 || Number(row[2]) === 1));
  return isLabelled ? 'labels' : 'spaces';
}

function isIndex(field: string): boolean {
  const bytes = new TextEncoder().encode(field);
  return parseIndex(bytes, 0, bytes.length) >= 0;
}

/** Many lines of three 0/1-ended fields are labels, whoever the users are. */
function isTable(rows: readonly (readonly string[])[]): boolean {
  return rows.length >= 10 && rows.every((row) => row.length === 3 && (row[2] === '0' || row[2] === '1'));
}
