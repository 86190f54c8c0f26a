import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { filesOf, type Layout, type RegistryEntry } from './entry.ts';

/** Where fetched data sets are kept: `losslab/data` in the user's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const given = env.XDG_CACHE_HOME ?? (process.platform === 'win32' ? env.LOCALAPPDATA : undefined);
  const home = process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  return join(given || home, 'losslab', 'data');
}

/** Folders in which data sets are looked for by name, first one first. */
export function searchPath(dataDir?: string, env: NodeJS.ProcessEnv = process.env): string[] {
  const folders = [dataDir, env.LOSSLAB_DATA, 'data', cacheFolder(env)].filter((folder) => folder !== undefined);
  return [...new Set(folders.filter((folder) => folder !== '').map((folder) => resolve(folder)))];
}

/** A data set's files on this machine, training part first. */
export interface Located {
  readonly folder: string;
  readonly layout: Layout;
  readonly paths: readonly string[];
}

/** The first folder of the path that holds all files of one of the entry's layouts, plain or as `.gz`. */
export function locate(entry: RegistryEntry, path: readonly string[]): Located | undefined {
  for (const root of path) {
    const folder = join(root, entry.name);
    for (const layout of entry.layouts) {
      const paths = filesOf(layout).map((file) => present(join(folder, file)));
      if (paths.every((found) => found !== undefined)) return { folder, layout, paths };
    }
  }
  return undefined;
}

/** The first folder of this name on the path. */
export function locateFolder(name: string, path: readonly string[]): string | undefined {
  return path.map((root) => join(root, name)).find(isFolder);
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function present(path: string): string | undefined {
  return [path, `${path}.gz`].find((candidate) => existsSync(candidate));
}
