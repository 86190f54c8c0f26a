import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as inBrowsers from '../src/browser/index.ts';
import { openPath } from '../src/browser/path-source.ts';
import * as inNode from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'losslab-file-'));
const lines = Array.from({ length: 400 }, (_, k) => `u${k % 20},i${(k * 7) % 31},${1 + (k % 5)}`);
const text = `user,item,rating\n${lines.join('\n')}\n`;
const options = { protocol: 'clean', seed: 1 } as const;

beforeAll(() => {
  writeFileSync(join(folder, 'pairs.csv'), text);
  writeFileSync(join(folder, 'pairs.csv.gz'), gzipSync(text));
  const rows = lines.map((line) => line.split(','));
  const column = (at: number) => rows.map((row) => row[at]!);
  const columnData: ColumnSource[] = [
    { name: 'user', data: column(0), type: 'STRING' },
    { name: 'item', data: column(1), type: 'STRING' },
    { name: 'rating', data: column(2).map(Number), type: 'DOUBLE' },
  ];
  writeFileSync(join(folder, 'pairs.parquet'), new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 150 })));
});
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string): File => new File([readFileSync(join(folder, name))], name);

describe('a File', () => {
  it.each(['pairs.csv', 'pairs.csv.gz', 'pairs.parquet'])('%s gives the data set that its path gives', async (name) => {
    const expected = await inNode.openDataset(join(folder, name), { ...options, minRating: 3 });
    expect(await inNode.openDataset(fileOf(name), { ...options, minRating: 3 })).toEqual(expected);
    expect(await inBrowsers.openDataset(fileOf(name), { ...options, minRating: 3 })).toEqual(expected);
  });

  it('is read with progress, in pieces of any size', async () => {
    const long = text + `${lines.join('\n')}\n`.repeat(300);
    const seen: number[] = [];
    const { table } = await inNode.readTable(new File([long], 'long.csv'), {
      onProgress: ({ done }) => seen.push(done),
    });
    expect(table.users.length).toBe(400 * 301);
    expect(seen.at(-1)).toBe(long.length);
  });

  it('that is broken is told by name, line and column', async () => {
    const broken = new File(['user,item\n1,2\n3\n'], 'broken.csv');
    await expect(inNode.readTable(broken)).rejects.toThrow(
      '[data] broken.csv:3:2: expected 2 columns separated by comma, got 1; mend the line',
    );
    const bytes = readFileSync(join(folder, 'pairs.parquet'));
    await expect(inBrowsers.readTable(new File([bytes.subarray(0, 200)], 'cut'))).rejects.toThrow(
      '[data] cut: expected a whole Parquet file, got one that cannot be read (',
    );
    const cut = gzipSync(text).subarray(0, 200);
    await expect(inNode.readTable(new File([cut], 'cut.csv.gz'))).rejects.toThrow(
      '[data] expected a whole gzip file in cut.csv.gz, got damaged or missing data; get it again',
    );
  });

  it('is left when the signal says so', async () => {
    const signal = AbortSignal.abort();
    await expect(inNode.readTable(fileOf('pairs.csv'), { signal })).rejects.toMatchObject({ code: 'interrupted' });
  });
});

describe('the package as browsers get it', () => {
  it('has every name but those of folders, files to write and data sets to fetch', () => {
    const missing = Object.keys(inNode).filter((name) => !(name in inBrowsers));
    expect(missing.sort()).toEqual(
      [
        'GENERATED',
        'GENERATED_PLAYS',
        'REGISTRY',
        'WRITE_FORMATS',
        'cacheFolder',
        'datasetNames',
        'fetchDataset',
        'locate',
        'registryEntry',
        'searchPath',
        'writeDataset',
        'writeLightGcn',
        'writeParquet',
        'writeRows',
      ].sort(),
    );
    expect(Object.keys(inBrowsers).filter((name) => !(name in inNode))).toEqual([]);
  });

  it('generates, and takes no path', async () => {
    const generate = { users: 30, items: 40 };
    const dataset = await inBrowsers.openDataset('generated', { ...options, generate });
    expect(dataset).toEqual(await inNode.openDataset('generated', { ...options, generate }));
    const remedy = 'let people choose one';
    await expect(inBrowsers.openDataset('ml-100k', options)).rejects.toThrow(
      `[data] expected a File in a browser, got ml-100k; ${remedy}`,
    );
    await expect(openPath('a.csv')).rejects.toThrow(
      `[data] expected a File in a browser, got the path a.csv; ${remedy}`,
    );
  });
});
