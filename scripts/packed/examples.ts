// What the READMEs of the packages show, to be run as they stand, and what they need beside them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runResult } from '../../packages/report/test/fixture.ts';
import { type Package, root } from '../packages/list.ts';

export interface Example {
  readonly of: string;
  /** Unique, and fit for a file's name. */
  readonly id: string;
  readonly code: string;
  /** Files beside it, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** What it prints; `as written`: what stands behind each `console.log` in a comment. */
  readonly prints: RegExp | 'as written';
}

/** `elsewhere`: it needs Parquet files and packages beside its own; examples/test/examples.test.ts runs it. */
type Needs = Partial<Pick<Example, 'files' | 'prints'>> | 'elsewhere';

const ratings = (): string => {
  const rows = Array.from({ length: 400 }, (_, k) => `u${k % 20},i${(k * 7) % 90},${1 + (k % 5)}`);
  return `user,item,rating\n${rows.join('\n')}\n`;
};

const results = (): Record<string, string> =>
  Object.fromEntries(
    ['bpr', 'bsl'].map((lossName) => [`runs/${lossName}/result.json`, JSON.stringify(runResult({ lossName }))]),
  );

/** Packages whose examples print other things than their comments say, block by block. */
const needs: Record<string, readonly Needs[]> = {
  '@losslab/backend': [{ prints: /^true$/ }],
  '@losslab/data': [
    { prints: /^users +8\n[\s\S]*became the validation part/, files: { 'ratings.csv': ratings() } },
    'elsewhere',
    { prints: /^\d{3} training interactions are noise\n(true|false)$/ },
    { prints: /^\d{4} \d{4} true$/ },
    { prints: /^$/ },
  ],
  '@losslab/kernels': [{ prints: /^\[ 0, 2, 1, 2 \]$/ }],
  '@losslab/metrics': [{ prints: /^$/ }, 'elsewhere'],
  '@losslab/models': [{}, { prints: /^$/ }],
  '@losslab/report': [{ prints: /^loss +recall@20 +ndcg@20/, files: results() }],
  '@losslab/reproduce': [{ prints: /\n0\.1882$/ }],
  '@losslab/samplers': [{ prints: /^0 Int32Array\(2\)/ }],
  '@losslab/trainer': [{ prints: /^1 0\.\d+ \{\s+'recall@5'[\s\S]*'recall@20': 0\.\d+/ }],
  losslab: [{ files: { 'ccl.ts': readFileSync(join(root, 'apps/train/test/example/ccl.ts'), 'utf8') } }],
};

/** The packages that the README tells to install. @throws Error where it tells none */
export function installLine({ name, dir }: Package): string[] {
  const [, line] = readFileSync(join(dir, 'README.md'), 'utf8').match(/^npm install (.*)$/m) ?? [];
  if (line === undefined) throw new Error(`${name}: its README shows no \`npm install ...\``);
  return line.trim().split(' ');
}

export function examplesOf({ name, dir }: Package): Example[] {
  const blocks = Array.from(
    readFileSync(join(dir, 'README.md'), 'utf8').matchAll(/```ts\r?\n(.*?)```/gs),
    ([, b]) => b!,
  );
  if (blocks.length === 0) throw new Error(`${name}: its README shows no example`);
  return blocks.flatMap((code, at): Example[] => {
    const needed = needs[name]?.[at] ?? {};
    if (needed === 'elsewhere') return [];
    const id = `${name.replace('@losslab/', '')}-${at + 1}`;
    return [{ of: name, id, code, files: {}, prints: 'as written', ...needed }];
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
