import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('the README example does what it says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, code] = readme.match(/```ts\n(.*?)```/s)!;
  const args = ['--conditions=@losslab/source', '--input-type=module-typescript', '--eval', code!];
  const cwd = fileURLToPath(new URL('../../trainer', import.meta.url));
  expect(execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: 'pipe' })).toBe('true\n');
});
