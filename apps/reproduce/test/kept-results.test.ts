import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readResults } from '../src/command/results.ts';

const file = (name: string): string => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));

test('docs/results.md is what docs/results says', () => {
  const mend = 'run: pnpm --silent reproduce results --keep docs/results > docs/results.md';
  expect(readFileSync(file('results.md'), 'utf8').trimEnd(), mend).toBe(
    readResults({ keep: file('results') }).trimEnd(),
  );
});
