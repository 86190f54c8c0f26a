// What the READMEs of the packages show, to be run as they stand, and what they need beside them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeParquet } from '../../packages/data/src/write-parquet.ts';
import { runResult } from '../../packages/report/test/fixture.ts';
import { type Package, root } from '../packages/list.ts';

/** What files hold, by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Example {
  readonly of: string;
  /** Unique, and fit for a file's name. */
  readonly id: string;
  readonly code: string;
  /** Files beside it, by path. */
  readonly files: Files;
  /** What it prints; `as written`: what stands behind each `console.log` in a comment. */
  readonly prints: RegExp | 'as written';
}

type Needs = Partial<Pick<Example, 'files' | 'prints'>>;

const ratings = (): string => {
  const rows = Array.from({ length: 400 }, (_, k) => `u${k % 20},i${(k * 7) % 90},${1 + (k % 5)}`);
  return `user,item,rating\n${rows.join('\n')}\n`;
};

const results = (): Record<string, string> =>
  Object.fromEntries(
    ['bpr', 'bsl'].map((lossName) => [`runs/${lossName}/result.json`, JSON.stringify(runResult({ lossName }))]),
  );

/** Lists that another program recommends, in Parquet. */
async function recommendations(): Promise<Files> {
  const rows = [
    ['ann', 9, 2],
    ['ann', 8, 1],
    ['bob', 9, 1],
    ['zoe', 10, 1], // nobody knows either
  ] as const;
  const columns = [
    { name: 'user', type: 'string', at: (row: number) => rows[row]![0] },
    { name: 'item', type: 'int32', at: (row: number) => rows[row]![1] },
    { name: 'score', type: 'float32', at: (row: number) => rows[row]![2] },
  ] as const;
  const folder = mkdtempSync(join(tmpdir(), 'losslab-lists-'));
  const path = join(folder, 'recommendations.parquet');
  await writeParquet(path, { rowCount: rows.length, columns });
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return { 'recommendations.parquet': bytes };
}

const lists = await recommendations();

/** Packages whose examples print other things than their comments say, block by block. */
const needs: Record<string, readonly Needs[]> = {
  '@losslab/backend': [{ prints: /^true$/ }],
  '@losslab/data': [
    { prints: /^users +8\n[\s\S]*became the validation part/, files: { 'ratings.csv': ratings() } },
    { files: lists },
    { prints: /^\d{3} training interactions are noise\n(true|false)$/ },
    { prints: /^\d{4} \d{4} true$/ },
    { prints: /^$/ },
  ],
  '@losslab/kernels': [{ prints: /^\[ 0, 2, 1, 2 \]$/ }],
  '@losslab/metrics': [
    { prints: /^$/ },
    { prints: /^$/, files: { ...lists, 'held-out.csv': 'user,item\nann,8\nbob,9\n' } },
  ],
  '@losslab/models': [{}, { prints: /^$/ }],
  '@losslab/report': [{ prints: /^loss +recall@20 +ndcg@20/, files: results() }],
  '@losslab/reproduce': [{ prints: /\n0\.1882$/ }],
  '@losslab/samplers': [{ prints: /^0 Int32Array\(2\)/ }],
  '@losslab/trainer': [{ prints: /^1 0\.\d+ \{\s+'recall@5'[\s\S]*'recall@20': 0\.\d+/ }],
  losslab: [{ files: { 'ccl.ts': readFileSync(join(root, 'apps/train/test/example/ccl.ts'), 'utf8') } }],
};

/** The packages that the README tells to install, in all of its lines, and their versions. @throws Error where it tells none */
export function installLines({ name, dir }: Package): Record<string, string> {
  const lines = readFileSync(join(dir, 'README.md'), 'utf8').matchAll(/^npm install (.*)$/gm);
  const words = Array.from(lines, ([, line]) => line!.trim().split(' ')).flat();
  if (words.length === 0) throw new Error(`${name}: its README shows no \`npm install ...\``);
  return Object.fromEntries(
    words.map((word) => word.match(/^(@?[^@]+)@?(.*)$/)!.slice(1)).map(([of, at]) => [of!, at || '*']),
  );
}

/** The files that all examples of a package need beside them. */
export const filesBeside = (name: string): Files => Object.assign({}, ...(needs[name] ?? []).map(({ files }) => files));

/** A block that is part of a file, `<!-- from: FILE -->`, is no program. */
const block = /(<!-- from: .*? -->\s+)?```ts\r?\n(.*?)```/gs;

export function examplesOf({ name, dir }: Package): Example[] {
  const found = readFileSync(join(dir, 'README.md'), 'utf8').matchAll(block);
  const blocks = Array.from(found).flatMap(([, from, code]) => (from === undefined ? [code!] : []));
  if (blocks.length === 0) throw new Error(`${name}: its README shows no example`);
  return blocks.map((code, at): Example => {
    const needed = needs[name]?.[at] ?? {};
    const id = `${name.replace('@losslab/', '')}-${at + 1}`;
    return { of: name, id, code, files: {}, prints: 'as written', ...needed };
  });
}

/** Undefined where the example printed what it says, else what it should have. */
export function unexpected({ code, prints }: Example, printed: string): string | undefined {
  const text = printed.replaceAll('\r\n', '\n').trim();
  if (prints !== 'as written') return prints.test(text) ? undefined : `expected ${prints}, printed\n${text}`;
  const promised = Array.from(code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm), ([, comment]) => comment!.trim());
  if (promised.length === 0) return 'it has no `console.log(...); // what it prints`';
  return promised.join('\n') === text ? undefined : `expected\n${promised.join('\n')}\nprinted\n${text}`;
}
