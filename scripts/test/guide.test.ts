// Follows docs/contribute-a-loss.md in a copy of the workspace, word for word: its commands are run, its files written.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instructions, workspace } from './guide.ts';

/** The pnpm that runs these tests, or npm's. */
function pnpm(args: readonly string[], cwd: string) {
  const own = process.env.npm_execpath ?? '';
  const [program, ...first] = !/pnpm[^/\\]*$/.test(own)
    ? ['npx', '-y', 'pnpm@12']
    : /\.[cm]?js$/.test(own)
      ? [process.execPath, own]
      : [own];
  const shell = process.platform === 'win32';
  const env = {
    ...process.env,
    VITEST: undefined,
    VITEST_POOL_ID: undefined,
    VITEST_WORKER_ID: undefined,
    NODE_OPTIONS: '',
  };
  return spawnSync(program!, [...first, ...args], { cwd, encoding: 'utf8', shell, env, maxBuffer: 1 << 28 });
}

/** Of what checks the whole workspace, the part that the new loss can break: the rest is checked elsewhere. */
const narrowed: Readonly<Record<string, readonly string[]>> = {
  lint: ['exec', 'biome', 'ci', 'packages/losses/my-ccl', 'apps/train/src/registry.ts', 'apps/train/package.json'],
  typecheck: ['exec', 'tsc', '--noEmit', '-p', 'tsconfig.guide.json'],
};
/** Needs every package built, and is a step of CI of its own: what it says of a new package is tested beside it. */
const elsewhere = ['packages'];
const narrowConfig = { extends: './tsconfig.json', include: ['packages/losses/my-ccl', 'apps/train/src/registry.ts'] };

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(realpathSync(tmpdir()), 'losslab-guide-'));
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: workspace,
    encoding: 'utf8',
  });
  for (const path of files.split('\0').filter((name) => name !== '' && existsSync(join(workspace, name)))) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(workspace, path), join(copy, path));
  }
  writeFileSync(join(copy, 'tsconfig.guide.json'), JSON.stringify(narrowConfig));
  // What other tasks have built already.
  cpSync(join(workspace, 'packages', 'kernels', 'dist'), join(copy, 'packages', 'kernels', 'dist'), {
    recursive: true,
  });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }), 300_000);

test('the guide leads from nothing to a loss that passes its tests, lint and types, and trains', {
  timeout: 600_000,
}, () => {
  const printed: Record<string, string> = {};
  for (const instruction of instructions()) {
    if ('path' in instruction) {
      expect(existsSync(join(copy, instruction.path)), `${instruction.path} was made by create-loss`).toBe(true);
      writeFileSync(join(copy, instruction.path), instruction.text);
      continue;
    }
    const { args } = instruction;
    if (elsewhere.includes(args[0]!)) continue;
    const { status, stdout, stderr } = pnpm(narrowed[args[0]!] ?? args, copy);
    expect(status, `pnpm ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
    printed[args.slice(0, 2).join(' ')] = stdout;
  }
  expect(Object.keys(printed)).toEqual([
    'create-loss my-ccl',
    'test packages/losses/my-ccl',
    'lint',
    'typecheck',
    'losslab list',
    'losslab train',
  ]);
  expect(printed['test packages/losses/my-ccl']).toMatch(/^\d\d passed, 0 failed, 0 skipped$/m);
  expect(printed['losslab list']).toContain('Cosine contrastive loss: negatives matter only above a margin.');
  expect(printed['losslab train']).toMatch(/epoch \d of 5, /);
  const written = instructions().filter((instruction) => 'path' in instruction);
  expect(written).toHaveLength(5);
});
