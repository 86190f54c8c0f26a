import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../packages/list.ts';
import { run } from './run.ts';

/** The oldest Node that packages promise to run on, and the newest of each line that is kept up. */
export const nodeVersions = ['22.18.0', '22', '24'] as const;
export type NodeVersion = (typeof nodeVersions)[number];

const cache = join(root, 'node_modules/.cache/node');

/** The path of such a Node: this process's where it is one, else npm's package `node`, fetched once. */
export async function nodeOf(version: NodeVersion): Promise<{ path: string } | { missing: string }> {
  if (process.versions.node === version || process.versions.node.split('.')[0] === version) {
    return { path: process.execPath };
  }
  const folder = join(cache, version);
  const path = join(folder, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(path)) return { path };
  mkdirSync(folder, { recursive: true });
  const { output } = await run(
    'npm',
    ['install', '--no-save', '--no-audit', '--prefix', folder, `node@${version}`],
    folder,
  );
  return existsSync(path) ? { path } : { missing: `node@${version} does not install: ${output.trim().split('\n')[0]}` };
}
