import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the lines of the README run', () => {
  const [, code] = readFileSync(`${root}/README.md`, 'utf8').match(/```ts\n(import .*?)```/s) ?? [];
  const script = fileURLToPath(new URL('readme-example.ts', import.meta.url)); // a package sees itself by its name
  writeFileSync(script, code!);
  try {
    const node = ['--conditions=@losslab/source', script];
    const lines = execFileSync(process.execPath, node, { encoding: 'utf8' }).trim().split('\n');
    expect(lines).toContain('bsl {"name":"bsl-reference","variant":"multi","tau":0.08,"w":1.22}');
    expect(lines.at(-1)).toBe('0.1882');
  } finally {
    rmSync(script);
  }
});
