import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const ours = Object.keys(manifest.dependencies).filter((name) => name.startsWith('@losslab/'));

test.each(ours)('%s resolves to its source', (name) => {
  expect(import.meta.resolve(name)).toMatch(/\/src\/index\.ts$/);
});

test('the command runs from source', () => {
  const output = execFileSync(process.execPath, ['--conditions=@losslab/source', main, '--version'], {
    encoding: 'utf8',
  });
  expect(output).toContain(manifest.version);
});
