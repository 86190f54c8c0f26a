import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { testReadme } from '@losslab/testkit';
import { parseConfig } from '@losslab/trainer';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeProgram } from '../src/cli/program.ts';
import './example/ccl.contract.ts'; // the contract suites that the guides show
import './example/plug-ins.contract.ts';
import { losslabEach, runSource, temporaryFolder, tiny } from './support.ts';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const read = (name: string): string => readFileSync(path(name), 'utf8');

testReadme(new URL('../README.md', import.meta.url), {
  example: new URL('./example/registry.ts', import.meta.url),
  run: () => import('./example/registry.ts'),
});

test.each([
  [
    'docs/plug-ins.md',
    '../../../docs/plug-ins.md',
    ['popular-half.ts', 'plain-mf.ts', 'first-hit.ts', 'plug-ins.contract.ts'],
  ],
  ['README.md', '../../../README.md', ['library.ts']],
])('the code in %s is code that is tested', (_, document, examples) => {
  const blocks = Array.from(read(document).matchAll(/```ts\n(.*?)\n```/gs), ([, block]) => block);
  expect(blocks).toEqual(examples.map((name) => read(`./example/${name}`).trimEnd()));
});

test('the loss of docs/contribute-a-loss.md, and its test, are those that are tested', () => {
  const blocks = Array.from(
    read('../../../docs/contribute-a-loss.md').matchAll(/```ts\n(.*?)\n```/gs),
    ([, block]) => block!,
  );
  const [, body] = read('./example/ccl.contract.ts').split("'./ccl.ts';\n");
  expect(blocks[0]).toBe(read('./example/ccl.ts').trimEnd());
  expect(blocks[1]).toContain(body!.trimEnd());
});

test('the configuration of the guide is one', () => {
  const [, text] = read('../../../docs/command-line.md').match(/```yaml\n(.*?)\n```/s)!;
  expect(parseConfig(parse(text!))).toMatchObject({
    loss: { name: 'bsl' },
    optimizer: { name: 'adam', learningRate: 0.005 },
  });
});

const documents = [
  'README.md',
  'docs/command-line.md',
  'docs/contribute-a-loss.md',
  'docs/plug-ins.md',
  'apps/train/README.md',
];

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

test('the parts of the guides train from their files', { timeout: 240_000 }, async () => {
  const train = ['train', ...tiny, '--epochs', '1', '--json', '-', '--out'];
  const lines = [
    ['--loss', './ccl.ts', '--set', 'loss.m=0.2'],
    ['--loss', 'bpr', '--sampler', './popular-half.ts', '--set', 'sampler.share=0.25'],
    ['--loss', 'bpr', '--model', './plain-mf.ts', '--set', 'model.dimension=8'],
    ['--loss', 'bpr', '--metrics', 'recall,./first-hit.ts', '--at', '10', '--stop-on', 'first-hit@10'],
  ];
  const out = temporaryFolder();
  const results = await losslabEach(
    lines.map((line, k) => [...train, `${out}/${k}`, ...line]),
    path('./example/'),
  );
  const [loss, sampler, model, metric] = results.map(({ stdout, stderr }) => JSON.parse(stdout || `"${stderr}"`));
  expect(loss.loss).toEqual({ name: 'my-ccl', options: { w: 1, m: 0.2 } });
  expect(sampler.sampler).toEqual({ name: 'popular-half', options: { share: 0.25 } });
  expect(model.model).toEqual({ name: 'plain-mf', options: { dimension: 8 } });
  expect(Object.keys(metric.metrics)).toEqual(['recall@10', 'first-hit@10']);
});

test('the library example of the README runs', async () => {
  const { code, stdout } = await runSource(path('./example/library.ts'));
  expect(code).toBe(0);
  expect(stdout.split('\n')[0]).toMatch(/^1 0\.\d+$/);
  expect(stdout).toContain("'ndcg@20'");
});
