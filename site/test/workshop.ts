// A folder outside the repository in which code of documents runs: every package can be imported there.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { root } from '../src/contents.ts';
import { packages } from '../src/packages.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Libraries that documents import, and who has each installed. */
const usedBy = { '@tensorflow/tfjs': 'apps/train', zod: 'apps/train', arquero: 'examples' };

/** A new folder with `node_modules`, which goes when the file's tests have ended. */
export function workshop(): string {
  const folder = mkdtempSync(join(tmpdir(), 'losslab-guide-'));
  folders.push(folder);
  for (const { name, folder: source } of packages()) link(join(root, source), join(folder, 'node_modules', name));
  for (const [name, user] of Object.entries(usedBy)) {
    link(join(root, user, 'node_modules', name), join(folder, 'node_modules', name));
  }
  return folder;
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}

/** `ratings.csv` of the guides: four groups of users, each of which likes a quarter of the items, and some noise. */
export function ratings(): string {
  const lines = ['user,item,rating,timestamp'];
  for (let user = 0; user < 120; user++) {
    for (let k = 0; k < 18; k++) {
      const isNoise = k % 6 === 5;
      const item = isNoise ? (user * 7 + k * 13) % 100 : 4 * ((user * 5 + k * 3) % 25) + (user % 4);
      lines.push([`u${user}`, `i${item}`, isNoise ? 2 : 4 + (k % 2), 1_700_000_000 + k * 3600 + user].join());
    }
  }
  return `${lines.join('\n')}\n`;
}
