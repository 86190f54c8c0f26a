import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ADDON, addonOf } from '../src/engines/addon.ts';
import { whatIsMissing, whyNotLoaded } from '../src/engines/missing.ts';
import { packageFolder } from '../src/engines/node-package.ts';
import { tryNodeEngine } from '../src/engines/try-node.ts';
import { useEngine } from '../src/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'losslab-addon-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const isInstalled = packageFolder('tensorflow') !== undefined;
const title = isInstalled ? 'an addon of one’s own' : 'an addon of one’s own (package @tensorflow/tfjs-node is absent)';

describe.skipIf(!isInstalled)(title, () => {
  it('is the file that the environment names, or the one in the folder that it names', () => {
    const file = join(folder, ADDON);
    writeFileSync(file, '');
    for (const named of [folder, file]) {
      vi.stubEnv('LOSSLAB_TENSORFLOW', named);
      expect(addonOf('tensorflow')).toEqual({ file, exists: true, variable: 'LOSSLAB_TENSORFLOW' });
    }
    expect(addonOf('tensorflow-gpu')?.file).not.toBe(file);
    expect(whatIsMissing('tensorflow')).toBeUndefined();
  });

  it('that is not there is told by its variable', () => {
    vi.stubEnv('LOSSLAB_TENSORFLOW', folder);
    expect(whatIsMissing('tensorflow')).toContain('LOSSLAB_TENSORFLOW names an addon that is not there');
  });

  it('that is none for this system is told apart from one that is missing', async () => {
    writeFileSync(join(folder, ADDON), 'not an addon, and long enough to hold the header of one: '.repeat(9));
    vi.stubEnv('LOSSLAB_TENSORFLOW', folder);
    const { works, detail } = tryNodeEngine('tensorflow');
    expect(works).toBe(false);
    expect(detail).toMatch(/^its addon does not load: /);
    await expect(useEngine('tensorflow')).rejects.toThrow(
      '[backend] expected engine tensorflow to work here, got this: its addon does not load: ',
    );
  });
});

it.each([
  [
    'libtensorflow_cc.so.2: cannot open shared object file: No such file or directory',
    'libtensorflow does not load: libtensorflow_cc.so.2 is not found; build the addon again where the libraries are now',
  ],
  [
    "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by libtensorflow_cc.so.2)",
    'libtensorflow does not load: it wants GLIBC_2.38, which this system lacks',
  ],
  ['tfjs_binding.node: undefined symbol: TFE_Execute', 'libtensorflow does not load: it has no TFE_Execute'],
  [
    'tfjs_binding.node: invalid ELF header',
    'its addon does not load: invalid ELF header, so it is none for this system',
  ],
  ['SIGILL', 'it uses instructions that this CPU lacks'],
  ['something else\nat line 3', 'its addon does not load: something else'],
])('%s is explained', (message, told) => {
  expect(whyNotLoaded(message)).toContain(told);
});
