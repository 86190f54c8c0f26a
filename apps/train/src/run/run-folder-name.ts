import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A folder below `runs/` that is not there yet: `runs/ml-100k-bsl`, `runs/ml-100k-bsl-2`. */
export function newRunFolder(data: string, method: string): string {
  const plain = (name: string): string =>
    basename(name)
      .replace(/\.\w+$/, '')
      .replace(/[^\w-]+/g, '-');
  const name = join('runs', `${plain(data)}-${plain(method)}`);
  let folder = name;
  for (let n = 2; existsSync(folder); n++) folder = `${name}-${n}`;
  return folder;
}
