import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Manifest, Package } from './list.ts';

/** Where a package's dependency is, as Node would look for it. */
function folderOf(name: string, from: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return realpathSync(folder);
    if (dirname(at) === at) return undefined;
  }
}

export interface Installed {
  /** Packages of this workspace, and everybody else's, that an installation brings; peers are not among them. */
  readonly ours: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
}

/** What comes with a package: its dependencies, theirs, and so on, by name and version. */
export function installedWith(of: Package, ours: ReadonlySet<string>): Installed {
  const found: { ours: Set<string>; others: Set<string> } = { ours: new Set(), others: new Set() };
  const visit = (dir: string): void => {
    const manifest = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as Manifest;
    for (const name of Object.keys((manifest.dependencies as object | undefined) ?? {})) {
      const folder = folderOf(name, dir);
      if (folder === undefined) throw new Error(`${manifest.name} needs ${name}, which is not installed`);
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
      const into = ours.has(name) ? found.ours : found.others;
      if (into.has(`${name}@${version}`)) continue;
      into.add(`${name}@${version}`);
      visit(folder);
    }
  };
  visit(realpathSync(of.dir));
  return found;
}
