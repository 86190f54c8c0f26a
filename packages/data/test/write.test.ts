import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { interactionsFromTable } from '@losslab/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generate, openDataset, readFiles, writeDataset, writeLightGcn, writeRows } from '../src/index.ts';
import { folderWith } from './folder.ts';
import { tableOf, tables } from './tables.ts';

const data = interactionsFromTable(
  tableOf(
    [
      [0, 2],
      [0, 0],
      [2, 1],
    ],
    { ratings: Float32Array.of(3.5, 0.1, 4), timestamps: Float64Array.of(881250949, 5, 7) },
  ),
);
const ids = { users: ['ann', 'bob', 'ca,"t'], items: ['x', 'y', 'z'] };

test('LightGCN text has a line for each user with items', async () => {
  const folder = folderWith();
  await writeLightGcn(join(folder, 'train.txt'), data);
  expect(readFileSync(join(folder, 'train.txt'), 'utf8')).toBe('0 0 2\n2 1\n');
  await writeLightGcn(join(folder, 'train.txt.gz'), data);
  expect(gunzipSync(readFileSync(join(folder, 'train.txt.gz'))).toString()).toBe('0 0 2\n2 1\n');
  expect(readdirSync(folder).sort()).toEqual(['train.txt', 'train.txt.gz']);
});

test.each([
  [
    'recbole',
    'user_id:token\titem_id:token\trating:float\ttimestamp:float\nann\tx\t0.1\t5\nann\tz\t3.5\t881250949\nca,"t\ty\t4\t7\n',
  ],
  ['tsv', 'user_id\titem_id\trating\ttimestamp\nann\tx\t0.1\t5\nann\tz\t3.5\t881250949\nca,"t\ty\t4\t7\n'],
  ['csv', 'user_id,item_id,rating,timestamp\nann,x,0.1,5\nann,z,3.5,881250949\n"ca,""t",y,4,7\n'],
] as const)('%s has a header and external ids', async (format, text) => {
  const path = join(folderWith(), 'x');
  await writeRows(path, data, ids, format);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('an id that the format cannot hold is refused, and nothing is written', async () => {
  const folder = folderWith();
  const writing = writeRows(join(folder, 'x.tsv'), data, { ...ids, users: ['a\tb', 'c', 'd'] }, 'tsv');
  await expect(writing).rejects.toThrow('[data] expected ids without tabs and line breaks, got "a\\tb"; rename it');
  expect(readdirSync(folder)).toEqual([]);
});

test('a rating of −0 keeps its sign', async () => {
  const path = join(folderWith(), 'x.csv');
  await writeRows(path, { ...data, ratings: Float32Array.of(-0, 0, 1) }, ids, 'csv');
  const { files } = await readFiles([path], { format: 'csv' });
  expect(files[0]!.rows.ratings).toEqual(Float32Array.of(-0, 0, 1));
});

test('what is written in rows is read back to the bit, in order', async () => {
  const folder = folderWith();
  await fc.assert(
    fc.asyncProperty(
      tables(1),
      fc.constantFrom('recbole', 'tsv', 'csv'),
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      async (table, format, odd) => {
        const ratings = table.ratings!.map((rating, row) => (row % 2 === 0 ? rating : odd));
        const named = {
          users: Array.from({ length: table.userCount }, (_, u) => `user "${u}",`),
          items: Array.from({ length: table.itemCount }, (_, i) => String(i)),
        };
        const path = join(folder, 'x.txt');
        await writeRows(path, { ...table, ratings }, named, format);
        const { files, ids: read } = await readFiles([path], { format });
        const { rows } = files[0]!;
        expect(Array.from(rows.users, (u) => read.users[u])).toEqual(Array.from(table.users, (u) => named.users[u]));
        expect(Array.from(rows.items, (i) => read.items[i])).toEqual(Array.from(table.items, (i) => named.items[i]));
        expect([rows.ratings, rows.timestamps]).toEqual([ratings, table.timestamps]);
      },
    ),
    { numRuns: 50 },
  );
});

describe('a data set', () => {
  const { dataset } = generate({ users: 20, items: 30, interactionsPerUser: 8 });

  test('is written and opened again', async () => {
    const folder = join(folderWith(), 'new');
    const paths = await writeDataset(dataset, folder, 'lightgcn');
    expect(paths.map((path) => path.slice(folder.length + 1))).toEqual(['train.txt', 'valid.txt', 'test.txt']);
    const { train, valid, test: held } = await openDataset(folder, { protocol: 'clean', seed: 1 });
    for (const [read, written] of [
      [train, dataset.train],
      [valid!, dataset.valid!],
      [held, dataset.test],
    ]) {
      expect(read!.indices).toEqual(written!.indices);
      expect(read!.indptr).toEqual(written!.indptr.slice(0, read!.indptr.length));
    }
    expect(await writeDataset(dataset, folder, 'recbole')).toContain(join(folder, 'train.inter'));
  });

  test('says where it cannot be written and what cannot be', async () => {
    const folder = folderWith({ file: 'x' });
    await expect(writeDataset(dataset, join(folder, 'file'), 'tsv')).rejects.toThrow(
      /expected to write .*train.tsv, got E\w+; choose another folder/,
    );
    await expect(writeDataset(dataset, folder, 'lightgnc' as never)).rejects.toThrow(
      /got "lightgnc"; did you mean "lightgcn"\?/,
    );
  });
});
