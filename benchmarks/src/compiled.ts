import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contender, Missing } from './contender.ts';
import { peer } from './peer.ts';

/** Compiles `peers/<source>` by `cc` (`CC`) for this machine and starts it as a peer. */
export async function compiledPeer(
  name: string,
  source: string,
  args: readonly (string | number)[],
): Promise<Contender | Missing> {
  const folder = mkdtempSync(join(tmpdir(), 'losslab-bench-'));
  const program = join(folder, 'peer');
  const path = fileURLToPath(new URL(`../peers/${source}`, import.meta.url));
  const flags = ['-O3', '-march=native', '-ffast-math', '-pthread', '-o', program, path, '-lm'];
  try {
    execFileSync(process.env.CC ?? 'cc', flags, { stdio: 'pipe' });
    return await peer(name, program, args.map(String));
  } catch (error) {
    return { name, missing: `no C compiler answers (${(error as Error).message.split('\n')[0]})` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
