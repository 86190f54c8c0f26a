// The packages whose API the site shows: every folder of the workspace with a source entry.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { root } from './contents.ts';

export interface Package {
  /** `@losslab/core` */
  readonly name: string;
  /** From the root of the repository, with `/`: `packages/core`. */
  readonly folder: string;
  /** Absolute. */
  readonly entry: string;
}

/** In the order in which packages build on each other, apps last. */
export function packages(): Package[] {
  const folders = ['packages/*', 'packages/losses/*', 'apps/*'].flatMap((glob) => globSync(glob, { cwd: root }).sort());
  return folders
    .map((folder) => folder.replaceAll('\\', '/'))
    .filter((folder) => existsSync(`${root}${folder}/src/index.ts`))
    .map((folder) => ({
      name: JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8')).name,
      folder,
      entry: `${root}${folder}/src/index.ts`,
    }));
}
