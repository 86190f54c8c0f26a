import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { interactionsFromTable, LosslabError } from '@losslab/core';
import fc from 'fast-check';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import {
  openDataset,
  type ReadOptions,
  readFiles,
  readTable,
  writeDataset,
  writeParquet,
  writeRows,
} from '../src/index.ts';
import { fileWith, folderWith } from './folder.ts';
import { rowsOf, tables } from './tables.ts';

const user: ColumnSource = { name: 'user', data: ['ann', 'ann', 'bob'], type: 'STRING' };
const item: ColumnSource = { name: 'item', data: [7n, 8n, 7n], type: 'INT64' };
const rating: ColumnSource = { name: 'rating', data: [4, 1.5, 5], type: 'DOUBLE' };

type Packing = Pick<Parameters<typeof parquetWriteBuffer>[0], 'codec' | 'compressors' | 'rowGroupSize'>;
const parquet = (columnData: ColumnSource[], packing: Packing = {}) =>
  new Uint8Array(parquetWriteBuffer({ columnData, ...packing }));

/** Reads one file; rows come back with external ids. */
async function read(content: Uint8Array, options?: ReadOptions, name = 'x.parquet') {
  const { table, ids } = await readTable(fileWith(name, content), options);
  return rowsOf(table).map(([u, i, ...values]) => [ids.users[u!], ids.items[i!], ...values]);
}

/** The message of the error that reading a file ends in, the file's path cut to its name. */
async function refusal(content: Uint8Array | string, options?: ReadOptions): Promise<string> {
  const path = fileWith('x.parquet', content);
  const error = await readFiles([path], options).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(LosslabError);
  return (error as LosslabError).message.replaceAll(path, 'x.parquet');
}

const rows = [
  ['ann', '7', 4],
  ['ann', '8', 1.5],
  ['bob', '7', 5],
];

describe('reading', () => {
  const compressors = { GZIP: gzipSync, BROTLI: brotliCompressSync, ZSTD: zstdCompressSync };
  test.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD'] as const)('%s', async (codec) => {
    expect(await read(parquet([user, item, rating], { codec, compressors }))).toEqual(rows);
  });

  test('LZ4, as pyarrow 26 writes it', async () => {
    // pq.write_table(t, 'x.parquet', compression='lz4', write_statistics=False, use_dictionary=False, store_schema=False)
    const bytes = Buffer.from(
      'UEFSMRUAFTYVLCwVBhUAFQYVBhwAAADVAgAAAAYBAwAAAGFubgcAUAAAYm9iFQAVPBUyLBUGFQAVBhUGHAAAAIICAAAABgEHAAEAEggHAJAABwAAAAAAAAAVABU8FTYsFQYVABUGFQYcAAAAcQIAAAAGAQABACEQQAcAsAD4PwAAAAAAABRAFQQZTDUAGAZzY2hlbWEVBgAVDCUCGAR1c2VyJQBMHAAAABUEJQIYBGl0ZW0AFQolAhgGcmF0aW5nABYGGRwZPCYAHBUMGSUGABkYBHVzZXIVDhYGFlwWUiYISRwVABUAFQIAPBYSGQYZJgAGAAAAJgAcFQQZJQYAGRgEaXRlbRUOFgYWYhZYJlpJHBUAFQAVAgA8KQYZJgAGAAAAJgAcFQoZJQYAGRgGcmF0aW5nFQ4WBhZiFlwmsgFJHBUAFQAVAgA8KQYZJgAGAAAAFqACFgYmCBaGAgAoIHBhcnF1ZXQtY3BwLWFycm93IHZlcnNpb24gMjYuMC4xGTwcAAAcAAAcAAAABQEAAFBBUjE=',
      'base64',
    );
    expect(await read(bytes)).toEqual(rows);
  });

  test('a file is told by its first bytes, too, and its rows come in order over row groups', async () => {
    expect(await read(parquet([user, item, rating], { rowGroupSize: 2 }), {}, 'ratings')).toEqual(rows);
  });

  test('columns by name or position, finish rates, labels and times of any kind', async () => {
    const when: ColumnSource = { name: 'when', data: [1500, 2500, 3500].map((ms) => new Date(ms)), type: 'TIMESTAMP' };
    const columns = { user: 1, item: 'user', timestamp: 'when', timestampUnit: 'ms' } as const;
    expect(await read(parquet([user, item, when]), { columns })).toEqual([
      ['7', 'ann', 1.5],
      ['8', 'ann', 2.5],
      ['7', 'bob', 3.5],
    ]);
    const liked: ColumnSource = { name: 'label', data: [true, false, true], type: 'BOOLEAN' };
    expect((await read(parquet([user, item, liked]))).map(([, , label]) => label)).toEqual([1, 0, 1]);
    const played: ColumnSource = { name: 'played', data: [30, 5, 90], type: 'INT32' };
    const long: ColumnSource = { name: 'long', data: [60, 0, 60], type: 'INT32' };
    const finishRate = { played: 'played', duration: 'long' };
    const path = fileWith('x.parquet', parquet([user, item, played, long]));
    const log = await readTable(path, { columns: { user: 'user', item: 'item', finishRate } });
    expect([...log.table.ratings!]).toEqual([0.5, 1]);
    expect(log.ids.items).toEqual(['7']); // a dropped row leaves no id
    expect(log.notes).toEqual(['1 finish rates over 1 were clipped to 1.', '1 rows of duration 0 were dropped.']);
  });

  test('the digest is that of the bytes, and progress ends at all of them', async () => {
    const bytes = parquet([user, item], { rowGroupSize: 1 });
    const seen: number[] = [];
    const read = await readFiles([fileWith('x.parquet', bytes)], { onProgress: ({ done }) => seen.push(done) });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect([read.files[0]!.sha256, read.checksum]).toEqual([sha256, sha256]);
    expect(seen.length).toBe(3);
    expect(seen.at(-1)).toBe(bytes.length);
    const aborted = readFiles([fileWith('x.parquet', bytes)], { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'interrupted' });
  });

  test('ids that are known already keep their numbers', async () => {
    const ids = { users: ['zoe', 'bob'], items: ['7'] };
    const { table, ids: all } = await readTable(fileWith('x.parquet', parquet([user, item])), { ids });
    expect([...table.users]).toEqual([2, 2, 1]);
    expect(all).toEqual({ users: ['zoe', 'bob', 'ann'], items: ['7', '8'] });
    await expect(readTable(fileWith('x.txt', '0 1\n1 2 3\n'), { ids })).rejects.toThrow(
      /expected a format with ids in .*, got lightgcn, whose numbers are a numbering of their own; leave ids out/,
    );
  });
});

describe('what is no table of interactions is told by file, column and row', () => {
  const row = 'mend the row, or say another column';
  test.each<[string, ColumnSource[], string, ReadOptions?]>([
    [
      'no id',
      [{ ...user, data: ['ann', null, 'bob'] }, item],
      `expected an id (user) in column "user", row 1 (from 0), got nothing; ${row}`,
    ],
    [
      'a broken number as id',
      [user, { name: 'item', data: [1, 2.5, 3], type: 'DOUBLE' }],
      `expected an id (item) in column "item", row 1 (from 0), got 2.5; ${row}`,
    ],
    [
      'no number',
      [user, item, { ...rating, data: [1, 2, null] }],
      `expected a number (rating) in column "rating", row 2 (from 0), got nothing; ${row}`,
    ],
    [
      'NaN',
      [user, item, { ...rating, data: [1, Number.NaN, 2] }],
      `expected a number (rating) in column "rating", row 1 (from 0), got NaN; ${row}`,
    ],
    [
      'text',
      [user, item, { name: 'stars', data: ['a', 'b', 'c'], type: 'STRING' }],
      `expected a number (rating) in column "stars", row 0 (from 0), got "a"; ${row}`,
    ],
    [
      'no label',
      [user, item, { name: 'label', data: [0, 1, 2], type: 'INT32' }],
      `expected a label 0 or 1 (label) in column "label", row 2 (from 0), got 2; ${row}`,
    ],
    [
      'no such column',
      [user, item],
      'expected a column named "usr" for user, got "user item"; did you mean "user"?',
      { columns: { user: 'usr', item: 'item' } },
    ],
    [
      'no known names',
      [{ ...user, name: 'who' }, item],
      'expected a header that names a user and an item column, got "who item"; say which columns they are',
    ],
  ])('%s', async (_, columns, message, options) => {
    expect(await refusal(parquet(columns, { rowGroupSize: 2 }), options)).toBe(`[data] x.parquet: ${message}`);
  });

  test('lists', async () => {
    const path = join(folderWith(), 'x.parquet');
    await writeParquet(path, {
      rowCount: 1,
      columns: [
        { name: 'user', type: 'string', at: () => 'ann' },
        { name: 'item', type: 'floats', at: () => [1] },
      ],
    });
    await expect(readTable(path)).rejects.toThrow(
      /x.parquet: expected one value a row in column "item" \(item\), got lists or groups; name another column/,
    );
  });

  test('a file that is cut short, damaged, empty of rows or text', async () => {
    const bytes = parquet([user, item], { codec: 'GZIP', compressors: { GZIP: gzipSync } });
    const whole = 'x.parquet: expected a whole Parquet file, got one that cannot be read';
    expect(await refusal(bytes.subarray(0, bytes.length / 2))).toContain(whole);
    expect(await refusal(bytes.fill(0x55, 20, 60))).toContain(whole);
    expect(await refusal('user,item\n1,2\n')).toContain(whole);
    const none = parquet([
      { ...user, data: [] },
      { ...item, data: [] },
    ]);
    expect(await refusal(none)).toBe(
      '[data] expected interactions in x.parquet, got none; get it again, or name another file',
    );
    expect(await refusal(parquet([user, item]), { format: 'csv' })).toBe(
      '[data] expected text or gzip in x.parquet, got Parquet; say format parquet, or none',
    );
    await expect(readTable(join(folderWith(), 'x.parquet'))).rejects.toThrow(/got no such file; check the path/);
  });

  test('a packing that nobody here unpacks', async () => {
    const packed = parquet([user, item], { codec: 'LZO', compressors: { LZO: (bytes) => bytes } });
    expect(await refusal(packed)).toMatch(
      /^\[data\] x.parquet: expected column "user" packed by SNAPPY, GZIP, BROTLI, ZSTD, LZ4.* or not at all, got LZO; write it anew so$/,
    );
  });
});

test('a data set opens from a file and from a folder of parts', async () => {
  const folder = folderWith();
  const many = Array.from({ length: 60 }, (_, k) => k);
  const columns = [
    { name: 'who', type: 'string', at: (row: number) => `u${row % 6}` },
    { name: 'what', type: 'int32', at: (row: number) => row },
  ] as const;
  await writeParquet(join(folder, 'x.parquet'), { rowCount: many.length, columns });
  const options = { protocol: 'clean', seed: 1 } as const;
  const dataset = await openDataset(join(folder, 'x.parquet'), { ...options, columns: { user: 'who', item: 'what' } });
  expect([dataset.name, dataset.ids.users.length, dataset.ids.items.length]).toEqual(['x', 6, 60]);
  await writeDataset(dataset, join(folder, 'parts'), 'parquet');
  const again = await openDataset(join(folder, 'parts'), options);
  const pairs = ({ train, ids }: typeof dataset) => Array.from(train.indices, (item) => ids.items[item]).sort();
  expect(pairs(again)).toEqual(pairs(dataset));
});

test('tables are written and read back, whatever they hold', async () => {
  const folder = folderWith();
  await fc.assert(
    fc.asyncProperty(tables(1), async (table) => {
      const ids = {
        users: Array.from({ length: table.userCount }, (_, k) => `ü${k}, "\t`),
        items: Array.from({ length: table.itemCount }, (_, k) => `${k}`),
      };
      const path = join(folder, 'x.parquet');
      await writeRows(path, table, ids, 'parquet');
      const back = await readTable(path, { ids });
      expect(rowsOf(back.table)).toEqual(rowsOf(table));
    }),
    { numRuns: 30 },
  );
  expect(readFileSync(join(folder, 'x.parquet')).subarray(0, 4).toString()).toBe('PAR1');
  writeFileSync(join(folder, 'blocked'), '');
  const data = interactionsFromTable({ userCount: 1, itemCount: 1, users: Int32Array.of(0), items: Int32Array.of(0) });
  await expect(
    writeRows(join(folder, 'blocked', 'x.parquet'), data, { users: ['a'], items: ['b'] }, 'parquet'),
  ).rejects.toThrow(/expected to write .*, got (ENOTDIR|EEXIST)/);
});

test('more rows than a row group holds', async () => {
  const path = join(folderWith(), 'x.parquet');
  const rowCount = 70_000;
  const columns = ['user', 'item'].map((name) => ({ name, type: 'int32', at: (row: number) => row }) as const);
  await writeParquet(path, { rowCount, columns });
  const { table, ids } = await readTable(path);
  expect([table.users.length, ids.items.at(-1)]).toEqual([rowCount, `${rowCount - 1}`]);
});
