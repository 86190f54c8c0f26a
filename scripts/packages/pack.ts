import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Package, root } from './list.ts';

export interface Packed extends Package {
  /** The tarball that `pnpm pack` made. */
  readonly tarball: string;
}

/** The file that `pnpm pack` writes for a package. */
const tarballName = ({ name, version }: { name: string; version: string }): string =>
  `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;

/** Packs packages as they would be published. They must be built. @throws Error with what pnpm said */
export function pack(packages: readonly Package[], folder: string, cwd = root): Packed[] {
  const filters = packages.map(({ name }) => `--filter=${name}`);
  const args = ['--recursive', ...filters, 'pack', '--pack-destination', folder];
  const shell = process.platform === 'win32';
  const { status, stdout, stderr, error } = spawnSync('pnpm', args, { cwd, encoding: 'utf8', shell });
  if (status !== 0) throw new Error(`pnpm pack: ${error?.message ?? `${stdout}${stderr}`}`);
  return packages.map((each) => {
    const tarball = join(folder, tarballName(each.manifest));
    readFileSync(tarball); // it is there
    return { ...each, tarball };
  });
}
