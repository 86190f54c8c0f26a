import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { basename } from 'node:path/posix';
import { expect, test } from 'vitest';
import { root } from '../src/contents.ts';
import { type Block, blocksOf, documents } from './markdown.ts';
import { ratings, workshop } from './workshop.ts';

/** Examples that need what only their own test makes: each reads the document and runs its blocks. */
const elsewhere: Readonly<Record<string, string>> = {
  'docs/contribute-a-loss.md': 'scripts/test/guide.test.ts', // a copy of the workspace
  'packages/metrics/README.md': 'examples/test/examples.test.ts', // somebody else's lists in files
  'packages/report/README.md': 'packages/report/test/readme.test.ts', // results of runs
  'apps/train/README.md': 'apps/train/test/docs.test.ts', // a loss in a file beside it
};

const blocks = documents.flatMap(blocksOf).filter(({ language }) => ['ts', 'js', 'typescript'].includes(language));
const tests = globSync(['packages/**/test/**/*.ts', 'apps/*/test/**/*.ts', 'examples/**/*.ts'], {
  cwd: root,
  exclude: (name) => name === 'node_modules',
});
const testFiles = new Set(tests.map((path) => readFileSync(`${root}${path}`, 'utf8').trimEnd()));

/** A block that is a file of tests, word for word, is run by them. */
function isRunByItsPackage({ document, text }: Block): boolean {
  return testFiles.has(text) || elsewhere[document] !== undefined;
}

const ours = blocks.filter((block) => block.notRun === undefined && !isRunByItsPackage(block));

test('code is found, and next to all of it runs', () => {
  expect(blocks.length).toBeGreaterThan(20);
  expect(blocks.filter(({ notRun }) => notRun !== undefined).map(({ document }) => document)).toEqual([]);
});

test.each(Object.entries(elsewhere))('the code of %s is run by %s', (document, path) => {
  const text = readFileSync(`${root}${path}`, 'utf8');
  expect(text).toContain(basename(document));
});

/** Imports every block as a module of its own, one after the other, and says which of them throws. */
const runner = `
const [, , ...files] = process.argv;
const log = console.log;
console.log = () => {};
const failed = {};
for (const file of files) {
  try {
    await import('./' + file);
  } catch (error) {
    failed[file] = String(error?.stack ?? error);
  }
}
log(JSON.stringify(failed));
process.exit(0);
`;

test('every other block of TypeScript runs', { timeout: 240_000 }, () => {
  const folder = workshop();
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'ratings.csv'), ratings());
  writeFileSync(join(folder, 'run.ts'), runner);
  const names = ours.map(({ document, text }, k) => {
    const name = `${document.replace(/\W+/g, '-')}-${k}.ts`;
    writeFileSync(join(folder, name), text);
    return name;
  });
  expect(names.length).toBeGreaterThan(5);
  const node = ['--conditions=@losslab/source', 'run.ts', ...names];
  const printed = execFileSync(process.execPath, node, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  expect(JSON.parse(printed.trim().split('\n').at(-1)!)).toEqual({});
});
