// The packages of this workspace that are published.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly [field: string]: unknown;
}

export interface Package {
  readonly name: string;
  /** The folder, and its path from the root with `/`. */
  readonly dir: string;
  readonly path: string;
  readonly manifest: Manifest;
}

function patterns(): string[] {
  const [, list] = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').match(/^packages:\n((?: {2}- .*\n)+)/m)!;
  return Array.from(list!.matchAll(/- (.*)/g), ([, pattern]) => `${pattern}/package.json`);
}

/** All published packages of a workspace, by name. */
export function publishedPackages(at = root): Package[] {
  const found = globSync(patterns(), { cwd: at }).map((file) => {
    const manifest = JSON.parse(readFileSync(join(at, file), 'utf8')) as Manifest;
    const path = dirname(file).replaceAll('\\', '/');
    return { name: manifest.name, dir: join(at, path), path, manifest };
  });
  return found.filter(({ manifest }) => !manifest.private).sort((a, b) => (a.name < b.name ? -1 : 1));
}
