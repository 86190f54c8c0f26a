import { expect, test } from 'vitest';
import { withTables } from '../src/tables.ts';
import { read } from './markdown.ts';

test('the tables of docs/choosing-a-loss.md are what was measured', () => {
  const text = read('docs/choosing-a-loss.md');
  expect(text, 'run npx -y pnpm@12 --filter @losslab/site tables').toBe(withTables(text));
  expect(text).toMatch(/<!-- costs: .*?\| one BPR step.*?<!-- \/costs -->/s);
  expect(text).toMatch(/<!-- measured: .*?\| MF \+ BPR \|.*?<!-- \/measured -->/s);
});
