import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { kernels } from '../src/index.ts';

it('does in the README what the README says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const lines = readme.match(/```ts\nimport \{ kernels \} from '@losslab\/kernels';\n([\s\S]*?)```/)![1]!;
  const printed: unknown[] = [];
  new Function('kernels', 'console', lines)(kernels, { log: (value: unknown) => printed.push(value) });
  expect(printed).toEqual([[0, 2, 1, 2]]);
});
