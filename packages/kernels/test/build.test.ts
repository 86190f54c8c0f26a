import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('../scripts/build-wasm.ts', import.meta.url));

it('builds the same bytes twice, and they are the ones in dist', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
  try {
    execFileSync(process.execPath, [script, '--out', folder]);
    for (const name of ['kernels.simd.wasm', 'kernels.relaxed.wasm']) {
      const built = readFileSync(new URL(`../dist/${name}`, import.meta.url));
      expect(
        readFileSync(join(folder, name)).equals(built),
        `${name} in dist is not what wasm/ gives; build it again`,
      ).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
