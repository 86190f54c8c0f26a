import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path/posix';
import { expect, test } from 'vitest';
import { root } from '../src/contents.ts';
import { anchorsOf, documents, linksOf } from './markdown.ts';

test('the Markdown of the repository is found', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/first-model.md', 'packages/core/README.md']));
});

/** As on a file system that minds upper and lower case. */
function exists(path: string): boolean {
  if (path === '.' || path.startsWith('..')) return path === '.';
  return existsSync(`${root}${path}`) && readdirSync(`${root}${dirname(path)}`).includes(basename(path));
}

test.each(documents)('the links of %s lead somewhere', (document) => {
  const broken = linksOf(document).filter(({ path, anchor }) => {
    if (!exists(path)) return true;
    return anchor !== undefined && path.endsWith('.md') && !anchorsOf(path).has(anchor);
  });
  expect(broken.map(({ href }) => href)).toEqual([]);
});
