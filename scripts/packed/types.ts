// Type checks of the examples outside, without the workspace's export condition.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../packages/list.ts';
import type { Consumer, Manager } from './consumers.ts';
import { run } from './run.ts';

/** Each way to resolve is checked once: nodenext where nothing undeclared is in reach, bundler in the flat folder. */
const resolutions: Record<Manager, object> = {
  pnpm: { module: 'nodenext', moduleResolution: 'nodenext' },
  npm: { module: 'esnext', moduleResolution: 'bundler' },
};

function writeConfig({ manager, folder, home }: Consumer): string {
  const compilerOptions = {
    ...resolutions[manager],
    target: 'es2022',
    lib: ['es2024', 'dom', 'dom.iterable'],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    typeRoots: [join(home('@losslab/core'), 'node_modules/@types')],
    types: ['node'],
  };
  const path = join(folder, 'tsconfig.json');
  // ccl.ts is loaded by name: what it imports comes from losslab
  const include = manager === 'npm' ? ['*.ts'] : ['*/*.ts'];
  writeFileSync(path, JSON.stringify({ compilerOptions, include, exclude: ['**/node_modules', '**/ccl.ts'] }));
  return path;
}

/** Declarations of others have errors of their own; what is ours, or the program's, has to be clean. */
function isOurs(line: string): boolean {
  const [, owner = ''] = line.match(/.*node_modules[\\/](@losslab[\\/]|losslab[\\/])?/) ?? [undefined, 'outside'];
  return owner !== '';
}

/** core's types name tfjs's, and tfjs is not installed where nothing of it is used: an optional peer. */
const isAbsentPeer = (line: string): boolean => line.includes(`Cannot find module '@tensorflow/tfjs'`);

/** The compiler's complaints. */
export async function typeProblems(consumer: Consumer): Promise<string[]> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { ok, output } = await run(
    process.execPath,
    [tsc, '-p', writeConfig(consumer), '--pretty', 'false'],
    consumer.folder,
  );
  const errors = output.split(/\r?\n/).filter((line) => /error TS\d+/.test(line));
  if (!ok && errors.length === 0) return [output];
  return errors.filter((line) => isOurs(line) && !isAbsentPeer(line));
}
