import { optionsTable, testReadme } from '@losslab/testkit';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

describe('this package', () => {
  testReadme(new URL('../README.md', import.meta.url), {
    example: new URL('./example.ts', import.meta.url),
    run: () => import('./example.ts'),
  });
});

test('a table of options: defaults as JSON, none where there is none', () => {
  const options = z.object({
    tau: z.number().describe('A temperature.'),
    mode: z.enum(['a', 'b']).default('a').describe('A way.'),
  });
  expect(optionsTable({ name: 'x', options })).toBe(
    [
      '| option | default | what |',
      '| --- | --- | --- |',
      '| `tau` |  | A temperature. |',
      '| `mode` | `"a"` | A way. |',
    ].join('\n'),
  );
});

test('an option without a description', () => {
  expect(() => optionsTable({ name: 'x', options: z.object({ tau: z.number() }) })).toThrow('describe option tau of x');
});
