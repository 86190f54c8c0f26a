import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Finished, losslabEach, temporaryFolder, tiny } from './support.ts';

const loss = (name: string, more = ''): string => `
import { softplus } from '@losslab/backend';
import type { LossDefinition } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

const columns = { least: 1, most: 1, usual: 1 };
const definition = {
  kind: 'loss',
  name: '${name}',
  summary: 'BPR with a margin.',
  source: 'this test',
  options: z.strictObject({ margin: z.number().min(0).default(0.5) }),
  create: ({ margin }) => ({
    name: '${name}',
    needs: { positives: columns, negatives: columns, inBatch: false, labelled: false, similarity: 'dot' },
    gradient: 'exact',
    compute: ({ positive, negative }) => tf.mean(softplus(tf.add(margin, tf.sub(negative, positive)))) as tf.Scalar,
    ${more}
  }),
} satisfies LossDefinition<{ margin: number }>;
export default definition;
`;

const javascript = (source: string): string =>
  source
    .replace(/^import type .*$/m, '')
    .replace(' as tf.Scalar', '')
    .replace(/ satisfies .*;/, ';');

const lines: Record<string, string> = {
  file: './my-loss.ts --set loss.margin=0.7',
  package: '@someone/loss',
  bare: 'their-loss',
  twice: './my-loss.ts --config config.yaml --set loss.margin=0.9',
  taken: './taken.ts',
  nothing: './nothing.ts',
  broken: './broken.ts',
  contract: './contract.ts',
  created: './created.ts',
  several: './several.ts',
  chosen: './several.ts#second',
  absent: '@nobody/loss',
  none: './none.ts',
  margin: './my-loss.ts --set loss.margin=-1',
  diverges: './diverges.ts',
};

let results: Record<string, Finished>;

beforeAll(async () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('my-loss.ts', loss('margin'));
  write('taken.ts', loss('bpr'));
  write('nothing.ts', 'export const x = 1;');
  write('broken.ts', 'import "no-such-package";');
  write('contract.ts', loss('margin').replace("summary: 'BPR with a margin.'", 'summary: 7'));
  write('created.ts', loss('margin').replace("similarity: 'dot'", "similarity: 'sine'"));
  write('diverges.ts', loss('diverges').replace('tf.add(margin,', 'tf.add(Number.NaN,'));
  write(
    'several.ts',
    `${loss('first')}\nexport const second = {
    ...definition, name: 'second', create: (options) => ({ ...definition.create(options), name: 'second' }) };`,
  );
  const installed = join(folder, 'node_modules', '@someone', 'loss');
  mkdirSync(installed, { recursive: true });
  writeFileSync(
    join(installed, 'package.json'),
    '{"name":"@someone/loss","type":"module","exports":{"import":"./index.js"}}',
  );
  writeFileSync(join(installed, 'index.js'), javascript(loss('their-margin')));
  const bare = join(folder, 'node_modules', 'their-loss');
  mkdirSync(bare);
  write('node_modules/their-loss/package.json', '{"name":"their-loss","type":"module","exports":"./index.js"}');
  write('node_modules/their-loss/index.js', javascript(loss('bare-margin')));
  write('config.yaml', 'loss: my-loss.ts\n');
  const train = ['train', ...tiny, '--epochs', '1', '--json', '-'];
  const finished = await losslabEach(
    Object.entries(lines).map(([name, line]) => [...train, '--out', `runs/${name}`, '--loss', ...line.split(' ')]),
    folder,
  );
  results = Object.fromEntries(Object.keys(lines).map((name, k) => [name, finished[k]!]));
});

test('a loss from a TypeScript file, beside which nothing is installed', () => {
  expect(results.file!.stderr).not.toContain('error');
  expect(JSON.parse(results.file!.stdout).loss).toEqual({ name: 'margin', options: { margin: 0.7 } });
});

test('a loss from an installed package', () => {
  expect(JSON.parse(results.package!.stdout).loss).toEqual({ name: 'their-margin', options: { margin: 0.5 } });
});

test('a loss from an installed package without a scope', () => {
  expect(JSON.parse(results.bare!.stdout).loss).toEqual({ name: 'bare-margin', options: { margin: 0.5 } });
});

test('a configuration file and a flag may name one file, spelt in two ways', () => {
  expect(JSON.parse(results.twice!.stdout).loss).toEqual({ name: 'margin', options: { margin: 0.9 } });
});

test('one of several in a module', () => {
  expect(JSON.parse(results.chosen!.stdout).loss.name).toBe('second');
});

test.each([
  ['taken', 1, /^error: --loss \.\/taken\.ts: expected a name of its own, got "bpr", which losslab has; rename it$/],
  ['nothing', 1, /^error: --loss \.\/nothing\.ts: expected a definition with kind: 'loss', got exports x; export one/],
  [
    'broken',
    1,
    /^error: --loss \.\/broken\.ts: expected a module that can be loaded, got .*no-such-package.*; mend it/,
  ],
  ['contract', 1, /^error: --loss \.\/contract\.ts: .* got summary = 7 \(.*\); see docs\/contribute-a-loss\.md$/],
  ['created', 1, /^error: --loss \.\/created\.ts: .* got needs\.similarity = "sine"/],
  [
    'several',
    1,
    /^error: --loss \.\/several\.ts: expected one loss, got first, second; choose one: \.\/several\.ts#first$/,
  ],
  [
    'absent',
    1,
    /^error: --loss @nobody\/loss: expected a module that can be loaded, got no such package here; npm install/,
  ],
  ['none', 1, /^error: --loss \.\/none\.ts: expected a file at .*none\.ts, got none; check the path$/],
  ['margin', 2, /^error: --loss margin: margin: must be >= 0, got -1$/],
  ['diverges', 1, /^error: --loss: expected a finite loss, got NaN from diverges in epoch 1, step 0; lower/],
])('what is wrong with a plugin: %s', (name, code, line) => {
  const { stdout, stderr, code: got } = results[name]!;
  expect(stdout).toBe('');
  expect(stderr.trimEnd()).toMatch(line);
  expect(got).toBe(code);
});
