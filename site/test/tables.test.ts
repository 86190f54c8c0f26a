import { registry } from 'losslab';
import { expect, test } from 'vitest';
import { documents, withTables } from '../src/tables.ts';
import { read } from './markdown.ts';

test.each(documents)('the tables of %s are what was measured', (name) => {
  const text = read(name);
  expect(text, 'run npx -y pnpm@12 --filter @losslab/site tables').toBe(withTables(text));
});

test('every loss is in the guide to choosing one', () => {
  const text = read('docs/choosing-a-loss.md');
  expect(Object.keys(registry.losses).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

test('the documents have their tables', () => {
  const text = read('docs/choosing-a-loss.md');
  expect(text).toMatch(/<!-- costs: .*?\| one BPR step.*?<!-- \/costs -->/s);
  expect(read('README.md')).toMatch(/<!-- bsl: .*?eq\. 18.*?<!-- \/bsl -->.*?<!-- vbpr: .*?± .*?<!-- \/vbpr -->/s);
  expect(text).toMatch(/<!-- measured: .*?\| MF \+ BPR \|.*?\(cut off\).*?<!-- \/measured -->/s);
});
