// pnpm create-loss <name>: a new package packages/losses/<name> that passes its tests and trains.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LosslabError } from '../../packages/core/src/errors.ts';
import { createLoss, type Run } from './create-loss.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Quiet, unless it fails. */
const run: Run = (program, args) => {
  const [command, ...first] = program === 'pnpm' ? pnpm() : [program];
  const { status, stdout, stderr, error } = spawnSync(command!, [...first, ...args], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status === 0) return;
  process.stderr.write(error === undefined ? `${stdout}${stderr}` : `${error.message}\n`);
  throw new LosslabError(
    'bad-data',
    `[create-loss] expected ${program} ${args[0]} to end well, got exit code ${status}; mend what it says above and try again: nothing was left behind`,
  );
};

/** The pnpm that runs this. */
function pnpm(): string[] {
  const path = process.env.npm_execpath ?? '';
  if (!/pnpm[^/\\]*$/.test(path)) return ['npx', '-y', 'pnpm@12'];
  return /\.[cm]?js$/.test(path) ? [process.execPath, path] : [path];
}

function help(): string {
  return 'Usage: npx -y pnpm@12 create-loss <name>     such as my-loss; docs/contribute-a-loss.md goes on from there';
}

function nextSteps(name: string): string {
  return [
    `made packages/losses/${name} and .changeset/loss-${name}.md, registered it as --loss ${name}`,
    '',
    `  npx -y pnpm@12 test packages/losses/${name}`,
    `  npx -y pnpm@12 losslab train --data generated --loss ${name}`,
    '',
    `Put your equation into src/${name}.ts, its derivation into test/${name}.test.ts, and words where it says TODO:`,
    'docs/contribute-a-loss.md shows each file, and what else to commit.',
  ].join('\n');
}

// Ctrl-C reaches what runs, too: that fails, and what was written goes again.
process.on('SIGINT', () => {});
const [name, ...rest] = process.argv.slice(2);
if (name === '--help' || name === '-h') {
  console.log(help());
} else {
  try {
    if (rest.length > 0) {
      const text = `[create-loss] expected one name, got ${rest.length + 1}; write words with hyphens between`;
      throw new LosslabError('bad-option', text);
    }
    console.log(nextSteps(createLoss(name, { root, run }).name));
  } catch (error) {
    if (!(error instanceof LosslabError)) throw error;
    console.error(`error: ${error.message.replace(/^\[create-loss\] /, '')}`);
    process.exitCode = error.code === 'bad-option' ? 2 : 1;
  }
}
