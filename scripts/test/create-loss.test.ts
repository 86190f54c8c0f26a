import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoss, type Run } from '../create-loss/create-loss.ts';

const workspace = fileURLToPath(new URL('../../', import.meta.url));
/** What create-loss reads and changes of a workspace. */
const parts = ['packages/losses/classic/package.json', 'apps/train/package.json', 'apps/train/src/registry.ts'];

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'create-loss-test-'));
  for (const path of parts) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), readFileSync(join(workspace, path)));
  }
  mkdirSync(join(root, '.changeset'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** All files below the workspace, with what is in them. */
function contents(): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]));
}

const nothing: Run = () => {};
const create = (name: string | undefined, run: Run = nothing) => createLoss(name, { root, run });

test('a package, a changeset and a dependency of the command', () => {
  const before = contents();
  const ran: string[] = [];
  create('top-k', (program, args) => ran.push([program, args[0]].join(' ')));
  const after = contents();
  const added = Object.keys(after).filter((path) => before[path] === undefined);
  expect(added).toEqual(
    [
      '.changeset/loss-top-k.md',
      'packages/losses/top-k/README.md',
      'packages/losses/top-k/package.json',
      'packages/losses/top-k/src/index.ts',
      'packages/losses/top-k/src/top-k.ts',
      'packages/losses/top-k/test/example.ts',
      'packages/losses/top-k/test/readme.test.ts',
      'packages/losses/top-k/test/top-k.test.ts',
    ].sort(),
  );
  for (const path of added) expect(after[path], path).not.toMatch(/template|EXAMPLE\n/);
  expect(after['packages/losses/top-k/src/index.ts']).toBe("export { topK, topKLoss } from './top-k.ts';\n");
  const { dependencies } = JSON.parse(after['apps/train/package.json']!);
  expect(dependencies['@losslab/loss-top-k']).toBe('workspace:^');
  expect(Object.keys(dependencies)).toEqual(Object.keys(dependencies).sort());
  expect(ran).toEqual(['pnpm install', 'node --conditions=@losslab/source', 'biome check']);
});

test.skipIf(process.platform === 'win32')('the package is there for all to read', () => {
  create('top-k');
  expect(statSync(join(root, 'packages/losses/top-k')).mode & 0o777).toBe(0o755);
});

test('the package has the metadata of the others, under its own name', () => {
  create('top-k');
  const [own, classic] = ['top-k', 'classic'].map((name) =>
    JSON.parse(readFileSync(join(root, 'packages/losses', name, 'package.json'), 'utf8')),
  );
  expect(Object.keys(own)).toEqual(Object.keys(classic));
  expect(own).toMatchObject({ name: '@losslab/loss-top-k', version: '0.0.0', exports: classic.exports });
  expect(own.repository.directory).toBe('packages/losses/top-k');
  expect(own.keywords).toContain('top-k');
  expect(own.keywords).not.toContain('bpr');
});

test('a name that ends in loss does not stammer', () => {
  create('my-loss');
  expect(readFileSync(join(root, 'packages/losses/my-loss/src/my-loss.ts'), 'utf8')).toContain('function myLossValue(');
});

test.each([
  [undefined, 'expected a name, got none; write pnpm create-loss my-loss'],
  ['', 'expected a name of lower-case letters and digits with single hyphens between, such as my-loss, got ""'],
  ['MyLoss', 'got "MyLoss"; did you mean "my-loss"?'],
  ['my_loss', 'got "my_loss"; did you mean "my-loss"?'],
  ['../x', 'got "../x"; did you mean "x"?'],
  ['3x', 'got "3x"; did you mean "x"?'],
  ['a--b', 'got "a--b"; did you mean "a-b"?'],
  ['a'.repeat(201), 'expected a name of at most 200 characters, which npm takes, got 201; shorten it'],
  ['class', 'expected a name that code can use, got "class", a word of JavaScript or of every loss; add a word to it'],
  ...['tf', 'softplus', 'test-loss', 'test-readme', 'options', 'positive', 'test', 'await'].map(
    (name): [string, string] => [name, `got "${name}", a word of JavaScript or of every loss`],
  ),
  [
    'bpr',
    'expected a name that is not taken, got "bpr", which @losslab/loss-classic has; choose another, or work there',
  ],
  ['r-ce', 'got "r-ce", which @losslab/loss-inverse has'],
  ['light-gcn', 'got "light-gcn", which @losslab/models has'],
  ['classic', 'expected no packages/losses/classic yet, got one; choose another name, or go on in it'],
])('%s is refused, and nothing written', (name, error) => {
  const before = contents();
  let message = '';
  try {
    create(name);
  } catch (thrown) {
    message = (thrown as Error).message;
  }
  expect(message.replaceAll('\\', '/')).toContain(error);
  expect(contents()).toEqual(before);
});

test('a changeset that is there is not written over', () => {
  writeFileSync(join(root, '.changeset', 'loss-top-k.md'), 'mine');
  expect(() => create('top-k')).toThrow(/loss-top-k\.md yet, got one; rename it/);
  expect(readFileSync(join(root, '.changeset', 'loss-top-k.md'), 'utf8')).toBe('mine');
});

test.each(['pnpm', 'node', 'biome'])('where %s fails, all is as it was', (broken) => {
  writeFileSync(join(root, 'pnpm-lock.yaml'), 'before');
  const before = contents();
  const run: Run = (program) => {
    writeFileSync(join(root, 'pnpm-lock.yaml'), 'after');
    if (program === broken) throw new Error('broken');
  };
  expect(() => create('top-k', run)).toThrow('broken');
  expect(contents()).toEqual(before);
});
