import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dataFacts, itemsOf } from '@losslab/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { datasetNames, generatePlays, openDataset, searchPath } from '../src/index.ts';
import { fileWith, folderWith } from './folder.ts';

const options = { protocol: 'clean', seed: 1, fetch: false } as const;
const csv = `user,item,rating,timestamp\n${Array.from({ length: 200 }, (_, k) => `u${k % 10},i${(k * 7) % 50},${1 + (k % 5)},${k}`).join('\n')}\n`;

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', folderWith());
  vi.stubEnv('LOSSLAB_DATA', undefined);
});
afterEach(() => vi.unstubAllEnvs());

describe('names', () => {
  test('an unknown data set names the nearest known one', async () => {
    await expect(openDataset('gowala', options)).rejects.toMatchObject({
      code: 'unknown-name',
      message: `[data] expected a known data set, got "gowala"; did you mean "gowalla"? (known: ${datasetNames().join(', ')})`,
    });
  });

  test('a path that is not there is told as such', async () => {
    await expect(openDataset('./no/such.csv', options)).rejects.toThrow(
      '[data] expected a file or folder at ./no/such.csv, got nothing there; check the path',
    );
  });

  test('the search path is dataDir, $LOSSLAB_DATA, ./data, the cache', () => {
    const path = searchPath('/a', { LOSSLAB_DATA: '/b', XDG_CACHE_HOME: '/c' });
    expect(path).toEqual(['/a', '/b', join(process.cwd(), 'data'), join('/c', 'losslab', 'data')]);
  });

  test('folders of other names on the search path are opened too', async () => {
    const root = folderWith();
    mkdirSync(join(root, 'mine'));
    writeFileSync(join(root, 'mine', 'train.txt'), '0 1 2 3\n');
    writeFileSync(join(root, 'mine', 'test.txt'), '0 4\n');
    vi.stubEnv('LOSSLAB_DATA', root);
    expect((await openDataset('mine', options)).name).toBe('mine');
  });

  test('earlier folders win', async () => {
    const [first, second] = ['0 1 2 3\n', '0 1 2 3 4\n'].map((train) => {
      const root = folderWith();
      mkdirSync(join(root, 'mine'));
      writeFileSync(join(root, 'mine', 'train.txt'), train);
      writeFileSync(join(root, 'mine', 'test.txt'), '0 5\n');
      return root;
    });
    vi.stubEnv('LOSSLAB_DATA', second);
    const paper = { ...options, protocol: 'paper', dataDir: first } as const;
    expect((await openDataset('mine', paper)).train.indices.length).toBe(3);
  });
});

describe('a folder', () => {
  test.each([
    [{ 'train.txt': '0 1 2 3\n1 0\n', 'test.txt': '0 4\n', 'valid.txt': '1 2\n' }],
    [{ 'train_data.json': '[[1,2,3],[0]]', 'test_data.json': '[[4]]', 'validation_data.json': '[[],[2]]' }],
    [
      {
        'x.train.inter': 'user_id:token\titem_id:token\n0\t1\n0\t2\n0\t3\n1\t0\n',
        'x.test.inter': 'user_id:token\titem_id:token\n0\t4\n',
        'x.valid.inter': 'user_id:token\titem_id:token\n1\t2\n',
      },
    ],
    [{ 'train.txt.gz': gzipSync('0 1 2 3\n1 0\n'), 'test.csv': '0 4\n', 'val.txt': '1 2\n' }],
  ])('%j is a split', async (files) => {
    const format = 'test.csv' in files ? 'lightgcn' : undefined;
    const {
      train,
      valid,
      test: held,
      ids,
    } = await openDataset(folderWith(files as Record<string, string>), { ...options, format });
    const named = (part: typeof train, user: number) => Array.from(itemsOf(part, user), (item) => ids.items[item]);
    expect([named(train, 0), named(train, 1), named(valid!, 1), named(held, 0)]).toEqual([
      ['1', '2', '3'],
      ['0'],
      ['2'],
      ['4'],
    ]);
  });

  test('without its parts says what it has', async () => {
    const folder = folderWith({ 'a.csv': csv });
    await expect(openDataset(folder, options)).rejects.toThrow(
      `[data] expected train.txt and test.txt (or .tsv, .csv, ...) in ${folder}, got a.csv; name a file in it to have it split`,
    );
  });

  test('with a part twice', async () => {
    const folder = folderWith({ 'train.csv': csv, 'train.txt': '0 1\n', 'test.txt': '0 2\n' });
    await expect(openDataset(folder, options)).rejects.toThrow(
      /expected one train file in .*, got train.csv, train.txt; move the others away/,
    );
  });

  test('is split already', async () => {
    const folder = folderWith({ 'train.txt': '0 1 2 3\n', 'test.txt': '0 4\n' });
    await expect(openDataset(folder, { ...options, split: 'random' })).rejects.toThrow(
      /which is split already, got one; leave it out/,
    );
    await expect(openDataset(folder, { ...options, kCore: { users: 2, items: 2 } })).rejects.toThrow(/no k-core for/);
  });
});

describe('a file', () => {
  test('is split, and everything is in one part', async () => {
    const {
      train,
      valid,
      test: held,
      provenance,
      table,
      name,
    } = await openDataset(fileWith('clicks.csv.gz', gzipSync(csv)), options);
    expect(name).toBe('clicks');
    expect([train, valid!, held].map((part) => part.indices.length)).toEqual([30, 10, 10]);
    expect(table!.users.length).toBe(30);
    expect(provenance).toEqual([
      'Read from clicks.csv.gz.',
      '150 rows that repeat a later pair were dropped.',
      "Split at random (per-user, seed 1): 20 % of each user's rows are the test part.",
      "10 % of each user's training items (10 of 40, seed 1) became the validation part (protocol clean).",
    ]);
  });

  test('is split as asked for, by seed', async () => {
    const path = fileWith('clicks.csv', csv);
    const split = { kind: 'leave-one-out', valid: true } as const;
    const { test: held, valid } = await openDataset(path, { ...options, split });
    expect([[...dataFacts(held).userDegrees], [...dataFacts(valid!).userDegrees]]).toEqual([
      Array(10).fill(1),
      Array(10).fill(1),
    ]);
    const random = (seed: number) => openDataset(path, { ...options, seed, split: 'random:70/10/20' });
    expect(await random(1)).toEqual(await random(1));
    expect((await random(1)).test).not.toEqual((await random(2)).test);
  });

  test('is filtered before it is split, and compacted', async () => {
    const { ids, train, provenance } = await openDataset(fileWith('clicks.csv', csv), {
      ...options,
      minRating: 4,
      protocol: 'paper',
    });
    expect(provenance[1]).toBe('Ratings of 4 or more: 80 of 200 rows stay.');
    expect([train.userCount, ids.users.length]).toEqual([4, 4]);
    const core = await openDataset(fileWith('clicks.csv', csv), { ...options, kCore: { users: 5, items: 1 } });
    expect(core.provenance[2]).toBe('5-core of users, 1-core of items: 50 of 50 rows stay.');
    await expect(
      openDataset(fileWith('clicks.csv', csv), { ...options, kCore: { users: 6, items: 1 } }),
    ).rejects.toThrow('[data] expected a kCore that leaves rows, got 6 and 1, which leaves none; lower it');
  });

  test('has the checksum of its bytes', async () => {
    const { checksum } = await openDataset(fileWith('a.txt', '0 1 2 3 4 5\n'), {
      ...options,
      format: 'lightgcn',
      protocol: 'paper',
    });
    // printf '0 1 2 3 4 5\n' | sha256sum
    expect(checksum).toBe('36f210a5dd370d550e7e91c6d8895e95a9028bee710bf5a96455602bf99e350f');
  });
});

test('generated data need no file', async () => {
  const small = { users: 30, items: 40, interactionsPerUser: 8 };
  const dataset = await openDataset('generated', { ...options, generate: small });
  expect([dataset.train.userCount, dataset.train.itemCount]).toEqual([30, 40]);
  expect(dataset.valid!.indices.length).toBeGreaterThan(0);
  const paper = await openDataset('generated', { ...options, generate: small, protocol: 'paper', seed: 9 });
  expect(paper.valid).toBeUndefined();
  expect(paper.checksum).toBe(dataset.checksum);
});

test('generated plays are labelled by finish rate, or by the rule that is asked for', async () => {
  const plays = { users: 40, items: 60, playsPerUser: 20 };
  const dataset = await openDataset('generated-plays', { ...options, plays });
  expect(dataset).toEqual(generatePlays(plays).dataset(options));
  expect(dataset.name).toBe('generated-plays');
  expect(dataset.provenance[0]).toMatch(/^Generated plays with known truth: contrast 6, 10 % against the taste/);
  const quartiles = await openDataset('generated-plays', { ...options, plays, labels: 'play-time-quartiles' });
  expect(quartiles.labelled!.train.labels.length).not.toBe(dataset.labelled!.train.labels.length);
});
