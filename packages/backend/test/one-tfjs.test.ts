import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { copyTfjs } from './second-tfjs.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'losslab-two-tfjs-')));
copyTfjs(folder);
afterAll(() => rmSync(folder, { recursive: true }));

const copy = `createRequire(${JSON.stringify(join(folder, 'x.js'))})('@tensorflow/tfjs')`;
const backend = `await import('@losslab/backend')`;

/** Prints what the last line, a promise or a value, comes to. */
function outcome(lines: string[]): string {
  const code = [
    `import { createRequire } from 'node:module'; console.warn = () => {};`,
    ...lines.slice(0, -1),
    `const result = await Promise.try(() => ${lines.at(-1)}).catch((e) => e.name + ' ' + e.code + ': ' + e.message);`,
    `console.log(typeof result === 'string' ? result : 'no error');`,
  ].join('\n');
  const args = ['--conditions=@losslab/source', '--input-type=module', '--eval', code];
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  return execFileSync(process.execPath, args, { cwd, encoding: 'utf8' }).trim();
}

const told =
  /^LosslabError engine: \[backend\] expected one copy of @tensorflow\/tfjs in the process, got 2: 4\.22\.0 in .*tfjs-core; 4\.22\.0 in .*tfjs-core; install one version/;

test('a copy that was loaded before ours', () => {
  const text = outcome([copy, `const { useEngine } = ${backend}`, `useEngine('simd')`]);
  expect(text).toMatch(told);
  expect(text).toContain(join(folder, 'node_modules', '@tensorflow', 'tfjs-core'));
});

test('a copy that was loaded after ours', () => {
  expect(outcome([`const { useEngine } = ${backend}`, copy, `useEngine('simd')`])).toMatch(told);
});

test('a loss alone: its first op', () => {
  const ops = `const { softplus } = await import('@losslab/backend/ops')`;
  expect(outcome([`const theirs = ${copy}`, ops, `softplus(theirs.tensor1d([1]))`])).toMatch(told);
});

test('one copy, imported and required', () => {
  const same = `createRequire(process.cwd() + '/x.js')('@tensorflow/tfjs')`;
  expect(outcome([same, `const { useEngine } = ${backend}`, same, `useEngine('simd')`])).toBe('no error');
});
