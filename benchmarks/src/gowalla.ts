import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Interactions, LosslabError } from '@losslab/core';
import { generateByPopularity, openDataset } from '@losslab/data';

/** Gowalla's training part where the data is here, else a generated one of its size. */
export async function gowalla(): Promise<{ readonly train: Interactions; readonly source: string }> {
  try {
    const { train } = await openDataset('gowalla', { protocol: 'paper', seed: 1, fetch: false });
    return { train, source: 'Gowalla' };
  } catch (error) {
    if (!(error instanceof LosslabError && error.code === 'missing-data')) throw error;
    const { train } = generateByPopularity({
      users: 29_858,
      items: 40_981,
      interactionsPerUser: 27.2,
      testEvery: 1000,
    });
    return { train, source: 'generated, of Gowalla’s size: the data is not here' };
  }
}

/** A file of the edges for a peer: int32 users, then as many items. */
export function edgeFile({ indptr, indices, userCount }: Interactions): { path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'losslab-bench-'));
  const path = join(folder, 'edges.i32');
  const edges = new Int32Array(2 * indices.length);
  for (let u = 0; u < userCount; u++) edges.fill(u, indptr[u]!, indptr[u + 1]!);
  edges.set(indices, indices.length);
  writeFileSync(path, edges);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
