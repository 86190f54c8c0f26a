import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { refuse } from './refusal.ts';

/** What of a wheel is needed: 0.9 of 1.3 GB. */
const WANTED = ['tensorflow/libtensorflow_*', 'tensorflow/include/*'];

/** Unpacks the libraries and headers of a wheel into `out`, once. A wheel is a zip file, too large for zip libraries in memory. */
export function unpackWheel(wheel: string, out: string): string {
  if (!existsSync(wheel)) refuse('a wheel', `no file ${wheel}`, 'pip download --no-deps tensorflow-cpu');
  const target = join(out, basename(wheel, '.whl'));
  const folder = join(target, 'tensorflow');
  if (existsSync(folder)) return folder;
  const part = `${target}.part`; // an unpacking that was cut short is none
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  console.log(`unpacking ${basename(wheel)}`);
  const tools: [string, string[]][] = [
    ['unzip', ['-q', wheel, ...WANTED, '-d', part]],
    ['bsdtar', ['-xf', wheel, '-C', part, ...WANTED]],
    ['python3', ['-m', 'zipfile', '-e', wheel, part]],
  ];
  const done = tools.some(
    ([tool, args]) => spawnSync(tool, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0,
  );
  if (!done)
    refuse('a wheel that unzip, bsdtar or python3 unpacks', wheel, 'install one of them, or fetch the wheel again');
  renameSync(part, target);
  return folder;
}
