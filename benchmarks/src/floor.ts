import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contender, Missing } from './contender.ts';
import type { StepSizes } from './losslab-step.ts';
import { peer } from './peer.ts';

/** Scores and gradients in plain C, without Adam: what one thread of this machine can do. Needs a C compiler. */
export async function floorPeer(sizes: StepSizes): Promise<Contender | Missing> {
  const name = 'plain C';
  const folder = mkdtempSync(join(tmpdir(), 'losslab-bench-'));
  const program = join(folder, 'floor');
  const source = new URL('../peers/floor.c', import.meta.url).pathname;
  const flags = ['-O3', '-march=native', '-ffast-math', '-o', program, source, '-lm'];
  try {
    execFileSync(process.env.CC ?? 'cc', flags, { stdio: 'pipe' });
  } catch (error) {
    rmSync(folder, { recursive: true });
    return { name, missing: `no C compiler answers (${(error as Error).message.split('\n')[0]})` };
  }
  const { users, items, batch, negatives, dimension } = sizes;
  const child = await peer(name, program, [users, items, batch, negatives, dimension].map(String));
  rmSync(folder, { recursive: true });
  return child;
}
