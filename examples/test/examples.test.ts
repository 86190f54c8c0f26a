import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate, writeParquet } from '@losslab/data';
import { decodeNpy, finish, train } from '@losslab/trainer';
import { registry } from 'losslab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'losslab-examples-'));
afterAll(() => rmSync(dir, { recursive: true }));

const start = (name: string, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['--conditions=@losslab/source', resolve(root, name), ...args], { cwd: dir });

/** Runs an example to its end and returns what it prints. */
async function run(name: string, ...args: string[]): Promise<string> {
  const child = start(name, args);
  let [out, errors] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code, errors).toBe(0);
  return out;
}

test('the README lists every program', () => {
  const listed = Array.from(
    readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\| \[(\S+\.ts)\]\(\1\)/gm),
    ([, n]) => n,
  );
  expect(listed.sort()).toEqual(readdirSync(root).filter((name) => name.endsWith('.ts')));
});

test('arquero.ts filters a table and trains on it', async () => {
  const rows = Array.from({ length: 1_200 }, (_, k) => [
    `u${k % 40}`,
    `s${(k * 37 + Math.floor(k / 40)) % 50}`,
    1 + (k % 3),
  ]);
  writeFileSync(join(dir, 'plays.csv'), `user,song,plays\n${rows.map((row) => row.join(',')).join('\n')}\n`);
  const text = await run('arquero.ts', 'plays.csv');
  expect(text).toContain('An Arquero table of 800 rows.');
  expect(text).toMatch(/recall@10 0\.\d+\n$/);
});

test('own-model.ts learns', async () => {
  const recall = Number(/^recall@10 (0\.\d+)\n$/.exec(await run('own-model.ts'))![1]);
  expect(recall).toBeGreaterThan(0.35); // of 60 items less those of training, by chance: about 0.2
});

test('samplers.ts: the loss of the loop falls', async () => {
  const losses = Array.from((await run('samplers.ts')).matchAll(/loss (0\.\d+)/g), ([, loss]) => Number(loss));
  expect(losses).toHaveLength(3);
  expect(losses).toEqual([...losses].sort((a, b) => b - a));
  expect(losses[2]).toBeLessThan(0.65); // ln 2 at the start
});

test('metrics.ts measures a Parquet file of recommendations against held-out pairs', async () => {
  writeFileSync(join(dir, 'held-out.csv'), 'user,item\nann,a\nann,b\nbob,c\ncat,a\n');
  const lists = [
    ['ann', 'x', 0.9], // nobody holds it out
    ['ann', 'a', 0.8],
    ['ann', 'b', 0.8], // a tie: the first row is better
    ['bob', 'c', 2],
    ['bob', 'c', 1],
    ['dan', 'a', 1], // unknown
  ] as const;
  const columns = [
    { name: 'user', type: 'string', at: (row: number) => lists[row]![0] },
    { name: 'item', type: 'string', at: (row: number) => lists[row]![1] },
    { name: 'score', type: 'float64', at: (row: number) => lists[row]![2] },
  ] as const;
  await writeParquet(join(dir, 'lists.parquet'), { rowCount: lists.length, columns });
  const text = await run('metrics.ts', 'lists.parquet', 'held-out.csv');
  const value = (name: string) => Number(new RegExp(`'?${name}'?: ([\\d.]+)`).exec(text)![1]);
  expect(value('recall@1')).toBeCloseTo((0 + 1 + 0) / 3);
  expect(value('recall@3')).toBeCloseTo((1 + 1 + 0) / 3);
  const ann = (1 / Math.log2(3) + 1 / Math.log2(4)) / (1 + 1 / Math.log2(3));
  expect(value('ndcg@3')).toBeCloseTo((ann + 1 + 0) / 3);
  for (const name of ['repeatedRowCount', 'unknownItemCount', 'unknownUserCount', 'listlessUserCount']) {
    expect(value(name), name).toBe(1);
  }
});

describe('the packages’ READMEs', () => {
  beforeAll(async () => {
    symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'), 'junction');
    writeFileSync(join(dir, 'held-out.csv'), 'user,item\nann,8\nbob,9\n');
    const at = (values: readonly (string | number)[]) => (row: number) => values[row]!;
    const columns = [
      { name: 'user', type: 'string', at: at(['ann', 'ann', 'bob', 'zoe']) },
      { name: 'item', type: 'int32', at: at([9, 8, 9, 10]) },
      { name: 'score', type: 'float32', at: at([2, 1, 1, 1]) },
    ] as const;
    await writeParquet(join(dir, 'recommendations.parquet'), { rowCount: 4, columns });
  });

  /** Writes the README's block that names a function, and what tests it, into a file. */
  function block(readme: string, name: string, test: string): string {
    const blocks = readFileSync(join(root, '../packages', readme, 'README.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs);
    const code = Array.from(blocks, ([, text]) => text!).find((text) => text.includes(name));
    const path = join(dir, `${name}.ts`);
    writeFileSync(path, `${code}${test}`);
    return path;
  }

  test('data: tables and ids that are known', async () => {
    const show = 'console.log(JSON.stringify([lists.users, lists.itemCount, dataset.test.indices.length]));';
    const text = await run(block('data', 'openArquero', show));
    expect(text).toBe(`[ '7', '8', '9' ]\n${JSON.stringify([{ 0: 0, 1: 0, 2: 1, 3: 2 }, 4, 2])}\n`);
  });

  test('metrics: somebody else’s recommendations', async () => {
    const text = await run(block('metrics', 'evaluateLists', 'console.log(JSON.stringify([metrics, counts]));'));
    const [metrics, counts] = JSON.parse(text);
    expect(metrics['recall@5']).toBe(1);
    expect(metrics['ndcg@5']).toBeCloseTo((1 / Math.log2(3) + 1) / 2);
    expect(counts).toMatchObject({ rowCount: 4, unknownItemCount: 1, unknownUserCount: 1 });
  });

  test('models: a model of one’s own, by the command', async () => {
    const file = block('models', 'pairModel', '');
    const data = ['--data', 'generated', '--set', 'data.generate={"users":40,"items":60,"interactionsPerUser":8}'];
    const args = [...data, '--loss', 'bpr', '--epochs', '1', '--json', '-'];
    const text = await run('../apps/train/src/main.ts', 'train', '--model', file, ...args);
    expect(JSON.parse(text).model).toEqual({ name: 'mine', options: {} });
  });
});

describe('a run without its data', () => {
  const folder = join(dir, 'runs', 'moved');
  const { dataset } = generate({ users: 40, items: 60, interactionsPerUser: 8 });
  beforeAll(async () => {
    const config = { loss: 'bpr', epochs: 2, model: { name: 'lightgcn', dimension: 8 }, engine: 'simd' } as const;
    const out = join(dir, 'first');
    await finish(train({ config, dataset, plugins: registry, out }));
    cpSync(out, folder, { recursive: true });
    rmSync(out, { recursive: true });
  });

  test('export.ts writes it in every format', async () => {
    const paths = (await run('export.ts', folder, 'exported')).trim().split('\n');
    expect(paths).toHaveLength(2 + 5 + 3);
    for (const path of paths) expect(existsSync(join(dir, path)), path).toBe(true);
    expect(decodeNpy(readFileSync(join(dir, 'exported', 'npy', 'users.npy')), 'users').shape).toEqual([40, 8]);
  });

  test('serve.ts answers: 200, 404 for an unknown user, 400 for a bad k', async () => {
    const server = start('serve.ts', [folder, '0']);
    try {
      const port = await new Promise<number>((resolve, reject) => {
        server.stdout!.on('data', (text) => resolve(Number(/port: (\d+)/.exec(String(text))?.[1])));
        server.on('close', (code) => reject(new Error(`serve.ts ended with ${code}`)));
      });
      const get = async (path: string) => {
        const response = await fetch(`http://127.0.0.1:${port}${path}`);
        return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
      };
      const user = dataset.ids.users[3]!;
      const { status, type, body } = await get(`/recommend?user=${user}&k=5`);
      expect([status, type, body.user]).toEqual([200, 'application/json', user]);
      expect(body.items).toHaveLength(5);
      expect(body.items[0]).toEqual({ item: expect.any(String), score: expect.any(Number) });
      expect((await get(`/recommend?user=${user}`)).body.items).toHaveLength(10);
      expect((await get('/recommend?user=nobody&k=5')).status).toBe(404);
      expect((await get('/recommend')).status).toBe(404);
      for (const k of ['0', '-1', '1.5', 'ten', '', '1e9']) {
        const bad = await get(`/recommend?user=${user}&k=${k}`);
        expect([bad.status, bad.body.error], k).toEqual([400, expect.stringContaining('expected k in [1, 60]')]);
      }
      expect((await get('//')).status).toBe(404);
      expect((await get('/elsewhere')).status).toBe(404);
      expect((await get(`/recommend?user=${user}&k=1`)).body.items).toEqual(body.items.slice(0, 1)); // it still answers
    } finally {
      server.kill();
    }
  });
});
