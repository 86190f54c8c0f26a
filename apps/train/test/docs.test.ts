import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { testReadme } from '@losslab/testkit';
import { parseConfig } from '@losslab/trainer';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeProgram } from '../src/cli/program.ts';
import './example/ccl.contract.ts'; // the contract suite that the guide shows
import { losslabEach, runSource, temporaryFolder, tiny } from './support.ts';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const read = (name: string): string => readFileSync(path(name), 'utf8');

testReadme(new URL('../README.md', import.meta.url), {
  example: new URL('./example/registry.ts', import.meta.url),
  run: () => import('./example/registry.ts'),
});

test.each([
  ['docs/contribute-a-loss.md', '../../../docs/contribute-a-loss.md', ['ccl.ts', 'ccl.contract.ts']],
  ['README.md', '../../../README.md', ['library.ts']],
])('the code in %s is code that is tested', (_, document, examples) => {
  const blocks = Array.from(read(document).matchAll(/```ts\n(.*?)\n```/gs), ([, block]) => block);
  expect(blocks).toEqual(examples.map((name) => read(`./example/${name}`).trimEnd()));
});

test('the configuration of the guide is one', () => {
  const [, text] = read('../../../docs/command-line.md').match(/```yaml\n(.*?)\n```/s)!;
  expect(parseConfig(parse(text!))).toMatchObject({
    loss: { name: 'bsl' },
    optimizer: { name: 'adam', learningRate: 0.005 },
  });
});

const documents = ['README.md', 'docs/command-line.md', 'docs/contribute-a-loss.md', 'apps/train/README.md'];

test.each(documents)('every option of `losslab` in %s is one', (document) => {
  const lines = Array.from(
    read(`../../../${document}`).matchAll(/losslab ((?:[a-z]+ )+[^\n`]*)/g),
    ([, line]) => line!,
  );
  expect(lines.length).toBeGreaterThan(0);
  const program = makeProgram({ start() {}, finish() {} });
  for (const line of lines.flatMap((text) => text.split(/ {3,}| {2}(?=losslab)/))) {
    const words = line.replace(/^losslab /, '').split(' ');
    const command = words.slice(0, 2).reduce((at, word) => at.commands.find((c) => c.name() === word) ?? at, program);
    const flags = command.options.flatMap((option) => [option.long, option.short]);
    for (const word of words.filter((w) => /^-(-[a-z]|[a-z]$)/.test(w)))
      expect([...flags, '--help'], line).toContain(word);
  }
});

test('the loss of the guide trains from its file', async () => {
  const args = [
    'train',
    ...tiny,
    '--epochs',
    '1',
    '--loss',
    path('./example/ccl.ts'),
    '--set',
    'loss.m=0.2',
    '--json',
    '-',
  ];
  const [trained] = await losslabEach([args], temporaryFolder());
  expect(JSON.parse(trained!.stdout).loss).toEqual({ name: 'my-ccl', options: { w: 1, m: 0.2 } });
});

test('the library example of the README runs', async () => {
  const { code, stdout } = await runSource(path('./example/library.ts'));
  expect(code).toBe(0);
  expect(stdout.split('\n')[0]).toMatch(/^1 0\.\d+$/);
  expect(stdout).toContain("'ndcg@20'");
});
