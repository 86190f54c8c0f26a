import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itemsOf } from '@losslab/core';
import { generate, readTable } from '@losslab/data';
import { itemKnn } from '@losslab/models';
import {
  decodeNpy,
  decodeSafetensors,
  EXPORT_FORMATS,
  encodeNpy,
  exportRun,
  finish,
  type LoadedRun,
  loadRun,
  openRecommender,
  recommenderOf,
  train,
} from '@losslab/trainer';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plugins as usual } from './plugins.ts';

const plugins = { ...usual, models: { ...usual.models, itemknn: itemKnn } };

const { dataset } = generate({ users: 40, items: 30, interactionsPerUser: 8, seed: 3 });
const dir = mkdtempSync(join(tmpdir(), 'losslab-export-'));
const folder = join(dir, 'run');
let run: LoadedRun;

async function trained(out: string, config: object) {
  await finish(
    train({ config: { epochs: 2, at: [5], stopOn: 'recall@5', engine: 'simd', ...config }, dataset, plugins, out }),
  );
}

beforeAll(async () => {
  await trained(folder, { model: { name: 'mf', dimension: 4, similarity: 'cosine' }, loss: 'sl', negatives: 4 });
  await trained(join(dir, 'knn'), { model: 'itemknn' });
  run = await loadRun(folder, plugins);
});
afterAll(() => {
  run.dispose();
  rmSync(dir, { recursive: true });
});

const seen = (user: number) =>
  [...itemsOf(dataset.train, user), ...itemsOf(dataset.valid!, user)].sort((a, b) => a - b);
const factors = () => {
  if (run.ranker.kind !== 'factors') throw new Error('MF ranks by factors');
  return run.ranker;
};

describe('.npy', () => {
  test.each([
    ['float32', { shape: [2, 3], data: Float32Array.of(1, -2, 0.1, 4, 5, 6) }],
    ['float64', { shape: [2], data: Float64Array.of(0.1, 1e300) }],
    ['int32', { shape: [0, 7], data: new Int32Array(0) }],
    ['a scalar', { shape: [], data: Int32Array.of(-5) }],
  ])('%s comes back', (_, array) => {
    const bytes = Buffer.concat(encodeNpy(array));
    expect(decodeNpy(bytes, 'x.npy')).toEqual(array);
    expect((bytes.length - array.data.byteLength) % 64).toBe(0);
  });

  test('the bytes are those of numpy.save', () => {
    // np.save(f, np.array([[1, 2], [3, 4]], '<i4')), numpy 2.4.6
    const text = "\x93NUMPY\x01\x00v\x00{'descr': '<i4', 'fortran_order': False, 'shape': (2, 2), }";
    const header = `${text.padEnd(127)}\n`;
    const values = Buffer.from(Int32Array.of(1, 2, 3, 4).buffer);
    const mine = Buffer.concat(encodeNpy({ shape: [2, 2], data: Int32Array.of(1, 2, 3, 4) }));
    expect(mine).toEqual(Buffer.concat([Buffer.from(header, 'latin1'), values]));
  });

  test('what is none is told', () => {
    const bytes = Buffer.concat(encodeNpy({ shape: [3], data: Float32Array.of(1, 2, 3) }));
    const broken = (what: string, got: string) =>
      `[trainer] expected ${what} in x.npy, got ${got}; the file is cut short or another`;
    expect(() => decodeNpy(Buffer.from('user,item'), 'x.npy')).toThrow(broken('an .npy file', 'another'));
    expect(() => decodeNpy(bytes.subarray(0, -4), 'x.npy')).toThrow(broken('12 bytes of values', '8'));
    expect(() => decodeNpy(bytes.subarray(0, 9), 'x.npy')).toThrow(broken('a header', '9 bytes in all'));
    const big = Buffer.from(bytes.toString('latin1').replace('<f4', '>f4'), 'latin1');
    expect(() => decodeNpy(big, 'x.npy')).toThrow(/expected <f4, <f8 or <i4 in rows in x.npy, got \{'descr': '>f4'/);
  });
});

describe('exports', () => {
  test('safetensors', async () => {
    const out = join(dir, 'safetensors');
    const paths = await exportRun(run, { format: 'safetensors', out });
    expect(paths).toEqual([join(out, 'ids.json'), join(out, 'embeddings.safetensors')]);
    const { arrays, metadata } = decodeSafetensors(readFileSync(paths[1]!), 'embeddings');
    expect(metadata).toEqual({
      format: 'losslab-embeddings/1',
      model: 'mf',
      loss: 'sl',
      dataset: 'generated',
      epoch: `${run.epoch}`,
    });
    expect(arrays.users).toEqual({ shape: [40, 4], data: Float32Array.from(factors().users) });
    expect(arrays.items).toEqual({ shape: [30, 4], data: Float32Array.from(factors().items) });
    const [indptr, indices] = [arrays.seen_indptr!.data, arrays.seen_indices!.data];
    for (const user of [0, 17, 39]) expect([...indices.slice(indptr[user], indptr[user + 1])]).toEqual(seen(user));
    expect(JSON.parse(readFileSync(paths[0]!, 'utf8'))).toEqual(dataset.ids);
  });

  test('npy, an array a file', async () => {
    const out = join(dir, 'npy');
    await exportRun(run, { format: 'npy', out });
    const names = ['ids.json', 'items.npy', 'seen_indices.npy', 'seen_indptr.npy', 'users.npy'];
    expect(readdirSync(out).sort()).toEqual(names);
    const { shape, data } = decodeNpy(readFileSync(join(out, 'items.npy')), 'items.npy');
    expect([shape, data]).toEqual([[30, 4], Float32Array.from(factors().items)]);
  });

  test('Parquet, ids beside their embeddings', async () => {
    const out = join(dir, 'parquet');
    const paths = await exportRun(run, { format: 'parquet', out });
    const file = await asyncBufferFromFile(paths[0]!);
    const rows = await parquetReadObjects({ file });
    expect(rows.map(({ id }) => id)).toEqual(dataset.ids.users);
    expect(Float32Array.from(rows.flatMap(({ embedding }) => embedding))).toEqual(Float32Array.from(factors().users));
    const { key_value_metadata: notes } = await parquetMetadataAsync(file);
    expect(notes).toContainEqual({ key: 'model', value: 'mf' });
    const { table, ids } = await readTable(paths[2]!, { ids: dataset.ids });
    expect(ids).toEqual(dataset.ids);
    expect([...table.items.filter((_, row) => table.users[row] === 17)]).toEqual(seen(17));
  });

  test('models that score otherwise export their parameters', async () => {
    const knn = await loadRun(join(dir, 'knn'), plugins);
    for (const format of EXPORT_FORMATS) {
      await expect(exportRun(knn, { format, out: join(dir, 'none') })).rejects.toThrow(
        '[trainer] expected a model that scores by inner products, got itemknn, which does not; export its parameters instead',
      );
    }
    const out = join(dir, 'parameters');
    const [, path] = await exportRun(knn, { format: 'npy', out, parameters: true });
    const [array] = Object.values(knn.arrays);
    expect(decodeNpy(readFileSync(path!), 'x')).toEqual(array);
    const inParquet = exportRun(run, { format: 'parquet', out, parameters: true });
    await expect(inParquet).rejects.toThrow(
      '[trainer] expected safetensors or npy for parameters, got parquet, which holds rows',
    );
    await expect(exportRun(run, { format: 'hdf5' as never, out })).rejects.toThrow(
      /expected a known format to export, got "hdf5"/,
    );
    knn.dispose();
  });
});

describe('a recommender', () => {
  test('answers from the folder alone, by external ids', async () => {
    const moved = join(dir, 'moved');
    await trained(moved, { model: { name: 'mf', dimension: 4 }, loss: 'bpr' });
    renameSync(moved, `${moved}-away`);
    const recommender = await openRecommender(`${moved}-away`, plugins);
    const user = dataset.ids.users[17]!;
    const list = recommender.recommend(user, 5);
    expect(list).toHaveLength(5);
    const left = new Set(seen(17).map((item) => dataset.ids.items[item]));
    expect(list.some(({ item }) => left.has(item))).toBe(false);
    expect(list.map(({ score }) => score)).toEqual(list.map(({ score }) => score).sort((a, b) => b - a));
    expect(recommender.recommend(user, 5)).toEqual(list);
    expect(recommender.recommend(user)).toHaveLength(10);
    expect([recommender.has(user), recommender.has('nobody')]).toEqual([true, false]);
    expect(() => recommender.recommend('nobody')).toThrow(
      '[trainer] expected a user of the training data, got "nobody"; give an id from the data',
    );
    expect(() => recommender.recommend(user, 31)).toThrow(/expected k in \[1, 30\], got 31/);
    recommender.dispose();
  });

  test('leaves out what it is asked to', () => {
    const known = [...seen(17), ...itemsOf(dataset.test, 17)].sort((a, b) => a - b);
    const all = dataset.ids.items.map((_, item) => item);
    const list = (leaveOut?: 'seen' | 'known' | 'none') => {
      const items = recommenderOf(run, leaveOut && { leaveOut }).recommend(dataset.ids.users[17]!, 30);
      return items.map(({ item }) => dataset.ids.items.indexOf(item)).sort((a, b) => a - b);
    };
    expect(list('none')).toEqual(all);
    expect(list()).toEqual(all.filter((item) => !seen(17).includes(item)));
    expect(list('seen')).toEqual(list());
    expect(list('known')).toEqual(all.filter((item) => !known.includes(item)));
  });

  test('a folder whose ids are not those of its parts is told', async () => {
    const path = join(folder, 'ids.json');
    const whole = readFileSync(path);
    writeFileSync(path, '{"users":["a"],"items":[]}');
    await expect(openRecommender(folder, plugins)).rejects.toThrow(
      /expected ids of 40 users and 30 items in .*ids.json, got 1 and 0; delete the folder and train again/,
    );
    writeFileSync(path, whole);
  });
});
