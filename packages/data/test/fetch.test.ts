import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { download } from '../src/fetch/download.ts';
import { fetchDataset, openDataset, REGISTRY, type RegistryEntry } from '../src/index.ts';
import { folderWith } from './folder.ts';
import { breaksAfter, hangsAfter, serverWith, serves } from './server.ts';

const bytes = Uint8Array.from({ length: 200_000 }, (_, k) => (k * 7919) >>> 3);
const sha256 = (content: Uint8Array) => `sha256:${createHash('sha256').update(content).digest('hex')}` as const;
const md5 = (content: Uint8Array) => `md5:${createHash('md5').update(content).digest('hex')}` as const;
const common = { digest: sha256(bytes), remedy: 'get it by hand' };

describe('download', () => {
  test('brings a file, checked, and tells how far it is', async () => {
    const server = await serverWith(serves(bytes));
    const path = join(folderWith(), 'new', 'x.bin');
    const seen: (number | undefined)[][] = [];
    await download(path, { ...common, url: server.url, onProgress: ({ done, total }) => seen.push([done, total]) });
    expect(readFileSync(path)).toEqual(Buffer.from(bytes));
    expect(seen.at(-1)).toEqual([bytes.length, bytes.length]);
    expect(readdirSync(join(path, '..'))).toEqual(['x.bin']);
  });

  test('continues where a broken connection left it', async () => {
    const server = await serverWith(breaksAfter(bytes, 80_000));
    const folder = folderWith();
    const path = join(folder, 'x.bin');
    await expect(download(path, { ...common, url: server.url })).rejects.toMatchObject({ code: 'missing-data' });
    expect(readdirSync(folder)).toEqual(['.x.bin.part']);
    expect(readFileSync(join(folder, '.x.bin.part'))).toEqual(Buffer.from(bytes.subarray(0, 80_000)));
    server.answer = serves(bytes);
    await download(path, { ...common, url: server.url });
    expect(server.ranges).toEqual([undefined, 'bytes=80000-']);
    expect(readFileSync(path)).toEqual(Buffer.from(bytes));
    expect(readdirSync(folder)).toEqual(['x.bin']);
  });

  test('starts anew where the server takes no ranges', async () => {
    const server = await serverWith((_, response) => response.end(bytes));
    const folder = folderWith({ '.x.bin.part': bytes.subarray(0, 5) });
    await download(join(folder, 'x.bin'), { ...common, url: server.url });
    expect(readFileSync(join(folder, 'x.bin'))).toEqual(Buffer.from(bytes));
  });

  test.each([
    ['another version', bytes.slice(50_000, 60_000)],
    ['one that is too long', new Uint8Array(bytes.length + 1)],
  ])('starts anew where what was there is of %s', async (_, part) => {
    const server = await serverWith(serves(bytes));
    const folder = folderWith({ '.x.bin.part': part });
    await download(join(folder, 'x.bin'), { ...common, url: server.url });
    expect(server.ranges).toEqual([`bytes=${part.length}-`, undefined]);
    expect(readFileSync(join(folder, 'x.bin'))).toEqual(Buffer.from(bytes));
  });

  test('finishes what was there whole but not renamed', async () => {
    const server = await serverWith(serves(bytes));
    const folder = folderWith({ '.x.bin.part': bytes });
    await download(join(folder, 'x.bin'), { ...common, url: server.url });
    expect(server.ranges).toEqual([`bytes=${bytes.length}-`]);
    expect(readdirSync(folder)).toEqual(['x.bin']);
  });

  test('refuses another digest and keeps nothing', async () => {
    const server = await serverWith(serves(bytes.subarray(1)));
    const folder = folderWith();
    await expect(download(join(folder, 'x.bin'), { ...common, url: server.url })).rejects.toThrow(
      `[data] expected ${common.digest} of ${server.url}, got a file with another digest; try again, or get it by hand`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([404, 500, 403])('says status %i', async (status) => {
    const server = await serverWith((_, response) => response.writeHead(status).end('not here'));
    const folder = folderWith();
    await expect(download(join(folder, 'x.bin'), { ...common, url: server.url })).rejects.toThrow(
      `[data] expected to fetch ${server.url}, got status ${status}; get it by hand`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('an abort leaves no file, and what came so far is continued', async () => {
    const server = await serverWith(hangsAfter(bytes, 50_000));
    const folder = folderWith();
    const path = join(folder, 'x.bin');
    const controller = new AbortController();
    const onProgress = ({ done }: { done: number }) => done >= 50_000 && controller.abort();
    const fetching = download(path, { ...common, url: server.url, signal: controller.signal, onProgress });
    await expect(fetching).rejects.toMatchObject({
      code: 'interrupted',
      message: `[data] expected to fetch ${server.url} to its end, got an interruption; start again to continue`,
    });
    expect(existsSync(path)).toBe(false);
    server.answer = serves(bytes);
    await download(path, { ...common, url: server.url });
    expect(server.ranges.at(-1)).toBe('bytes=50000-');
    expect(readFileSync(path)).toEqual(Buffer.from(bytes));
  });

  test('gives up on a publisher that says nothing more', async () => {
    const server = await serverWith(hangsAfter(bytes, 1000));
    const fetching = download(join(folderWith(), 'x.bin'), { ...common, url: server.url, patience: 0.2 });
    await expect(fetching).rejects.toThrow(`expected to fetch ${server.url}, got nothing for 0.2 s; get it by hand`);
  });

  test('says that nobody answers', async () => {
    const fetching = download(join(folderWith(), 'x.bin'), { ...common, url: 'http://127.0.0.1:1/x' });
    await expect(fetching).rejects.toThrow(
      /^\[data\] expected to fetch http:\/\/127.0.0.1:1\/x, got .+; get it by hand$/,
    );
  });

  test('says where it cannot write', async () => {
    const server = await serverWith(serves(bytes));
    const folder = folderWith({ file: 'x' });
    await expect(download(join(folder, 'file', 'x.bin'), { ...common, url: server.url })).rejects.toThrow(
      /^\[data\] expected to write .*x.bin, got E\w+; choose another folder or make room$/,
    );
  });
});

const rows = Array.from({ length: 60 }, (_, k) => `${k % 6} ${k}`);
const pairs = strToU8(rows.map((row) => row.replace(' ', '\t')).join('\n'));

function entryWith(fetch: RegistryEntry['fetch']): RegistryEntry {
  return {
    name: 'toy-set',
    title: 'A toy',
    layouts: [{ file: 'toy.tsv', format: 'tsv' }],
    fetch,
    homepage: 'https://example.org/toy',
    licence: 'none',
    expected: { users: 6, items: 60, rows: { file: 60 } },
    sha256: {},
  };
}

describe('a data set', () => {
  test('is fetched file by file, those that are there already left alone', async () => {
    const server = await serverWith(serves(pairs));
    const fetch = { kind: 'files', files: [{ file: 'toy.tsv', url: server.url, digest: md5(pairs) }] } as const;
    const into = folderWith();
    expect(await fetchDataset(entryWith(fetch), { into })).toBe(join(into, 'toy-set'));
    await fetchDataset(entryWith(fetch), { into });
    expect(server.ranges.length).toBe(1);
    expect(readdirSync(join(into, 'toy-set'))).toEqual(['toy.tsv']);
  });

  test('is unpacked from its archive, wanted members only', async () => {
    const archive = zipSync({ 'toy/u.tsv': pairs, 'toy/README': strToU8('hello'), '../evil': strToU8('x') });
    const server = await serverWith(serves(archive));
    const members = { 'toy/u.tsv': 'toy.tsv' };
    const fetch = { kind: 'zip', url: server.url, digest: sha256(archive), members } as const;
    const folder = await fetchDataset(entryWith(fetch), { into: folderWith() });
    expect(readdirSync(folder)).toEqual(['toy.tsv']);
    expect(readFileSync(join(folder, 'toy.tsv'))).toEqual(Buffer.from(pairs));
    const missing = { ...fetch, members: { 'toy/v.tsv': 'toy.tsv' } };
    const into = folderWith();
    await expect(fetchDataset(entryWith(missing), { into })).rejects.toThrow(
      /expected toy\/v.tsv in .*, got none; get toy-set by hand/,
    );
    expect(existsSync(join(into, 'toy-set', 'toy.tsv'))).toBe(false);
  });

  test('is fetched once where several want it, and a dead process keeps nobody waiting', async () => {
    const server = await serverWith(serves(pairs));
    const fetch = { kind: 'files', files: [{ file: 'toy.tsv', url: server.url, digest: md5(pairs) }] } as const;
    const into = folderWith();
    mkdirSync(join(into, 'toy-set'));
    writeFileSync(join(into, 'toy-set', '.lock'), '99999999');
    await Promise.all([1, 2, 3].map(() => fetchDataset(entryWith(fetch), { into })));
    expect(server.ranges.length).toBe(1);
    expect(readdirSync(join(into, 'toy-set'))).toEqual(['toy.tsv']);
  });

  test('of which nothing came leaves no folder', async () => {
    const server = await serverWith((_, response) => response.writeHead(404).end());
    const fetch = { kind: 'files', files: [{ file: 'toy.tsv', url: server.url, digest: md5(pairs) }] } as const;
    const into = folderWith();
    await expect(fetchDataset(entryWith(fetch), { into })).rejects.toThrow(
      `got status 404; get toy-set by hand (https://example.org/toy) into ${join(into, 'toy-set')}, or use the data set "generated"`,
    );
    expect(readdirSync(into)).toEqual([]);
  });

  test('that cannot be fetched says where to get it', async () => {
    const fetch = { kind: 'manual', from: 'its authors' } as const;
    const into = folderWith();
    await expect(fetchDataset(entryWith(fetch), { into })).rejects.toThrow(
      `[data] expected toy-set on the search path, got no such folder there, and it cannot be fetched; get its toy.tsv from its authors and put them into ${into}/toy-set, or set LOSSLAB_DATA to the folder that has it`,
    );
  });

  describe('opened by name', () => {
    afterEach(() => {
      (REGISTRY as Map<string, RegistryEntry>).delete('toy-set');
      vi.unstubAllEnvs();
    });
    const options = { protocol: 'clean', seed: 1 } as const;

    test('is looked for, then fetched into the cache, then found there', async () => {
      const server = await serverWith(serves(pairs));
      const fetch = { kind: 'files', files: [{ file: 'toy.tsv', url: server.url, digest: sha256(pairs) }] } as const;
      (REGISTRY as Map<string, RegistryEntry>).set('toy-set', entryWith(fetch));
      const cache = folderWith();
      vi.stubEnv('XDG_CACHE_HOME', cache);
      vi.stubEnv('LOSSLAB_DATA', folderWith());
      await expect(openDataset('toy-set', { ...options, fetch: false })).rejects.toThrow(
        /expected toy-set in .*, got no such folder; fetch it first/,
      );
      const dataset = await openDataset('toy-set', options);
      expect(dataset.train.indices.length + dataset.valid!.indices.length + dataset.test.indices.length).toBe(60);
      expect(readdirSync(join(cache, 'losslab', 'data', 'toy-set'))).toEqual(['toy.tsv']);
      expect(await openDataset('toy-set', { ...options, fetch: false })).toEqual(dataset);
      expect(server.ranges.length).toBe(1);
    });

    test('must be what the registry says', async () => {
      (REGISTRY as Map<string, RegistryEntry>).set('toy-set', entryWith({ kind: 'manual', from: 'nowhere' }));
      const dataDir = folderWith();
      mkdirSync(join(dataDir, 'toy-set'));
      writeFileSync(
        join(dataDir, 'toy-set', 'toy.tsv'),
        rows
          .slice(1)
          .map((row) => row.replace(' ', '\t'))
          .join('\n'),
      );
      await expect(openDataset('toy-set', { ...options, dataDir })).rejects.toThrow(
        /^\[data\] expected 60 items of toy-set \(.*\), got 59; get it again \(https:\/\/example.org\/toy\), or open its files by their path$/,
      );
    });
  });
});
