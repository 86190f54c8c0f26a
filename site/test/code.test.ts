import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBeside } from '../../scripts/packed/examples.ts';
import { instructions } from '../../scripts/test/guide.ts';
import { root } from '../src/contents.ts';
import { packages } from '../src/packages.ts';
import { type Block, blocksOf, documents, read } from './markdown.ts';
import { ratings, workshop } from './workshop.ts';

const GUIDE = 'docs/contribute-a-loss.md';
/** What scripts/test/guide.test.ts writes into files of a copy of the workspace, and tests there. */
const ofGuide = new Set(instructions().flatMap((step) => ('text' in step ? [step.text.trimEnd()] : [])));

const blocks = documents.flatMap(blocksOf).filter(({ language }) => ['ts', 'js', 'typescript'].includes(language));
const tests = globSync(['packages/**/test/**/*.ts', 'apps/*/test/**/*.ts', 'examples/**/*.ts'], {
  cwd: root,
  exclude: (name) => name === 'node_modules',
});
const testFiles = new Set(tests.map((path) => readFileSync(`${root}${path}`, 'utf8').trimEnd()));

/** A block that is a file of tests, word for word, is run by them; so is what the guide writes. */
const isRunElsewhere = ({ document, text }: Block): boolean =>
  testFiles.has(text) || (document === GUIDE && ofGuide.has(text));

const ours = blocks.filter((block) => (block.notRun ?? block.from) === undefined && !isRunElsewhere(block));

test('code is found, and next to all of it runs', () => {
  expect(blocks.length).toBeGreaterThan(20);
  expect(blocks.filter(({ notRun }) => notRun !== undefined).map(({ document }) => document)).toEqual([]);
});

test('what the guide writes is run by its test', () => {
  expect(blocks.filter(({ document, text }) => document === GUIDE && ofGuide.has(text)).length).toBeGreaterThan(2);
  const text = read('scripts/test/guide.test.ts');
  expect(text).toMatch(/^import \{ instructions\b.*\} from '\.\/guide\.ts';$/m);
  expect(text).toMatch(/for \(const instruction of instructions\(\)\)/);
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
  const beside = Object.assign({}, ...packages().map(({ name }) => filesBeside(name)));
  const files = { ...beside, 'package.json': '{ "type": "module" }', 'ratings.csv': ratings(), 'run.ts': runner };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content as string | Uint8Array);
  }
  const names = ours.map(({ document, text }, k) => {
    const name = `${document.replace(/\W+/g, '-')}-${k}.ts`;
    writeFileSync(join(folder, name), text);
    return name;
  });
  expect(names.length).toBeGreaterThan(8);
  const node = ['--conditions=@losslab/source', 'run.ts', ...names];
  const printed = execFileSync(process.execPath, node, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  expect(JSON.parse(printed.trim().split('\n').at(-1)!)).toEqual({});
});
