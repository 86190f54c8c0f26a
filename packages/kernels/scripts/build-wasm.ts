// Compiles wasm/index.ts (AssemblyScript) to kernels.simd.wasm and kernels.relaxed.wasm in dist, or in `--out FOLDER`.
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import asc from 'assemblyscript/asc';

const baseDir = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string', default: join(baseDir, 'dist') } } });

// The host brings the memory, of any size up to 65,536 pages (4 GiB); kernels own none.
const memory = ['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];
const optimise = ['-O3', '--noAssert', '--runtime', 'stub'];
const features = ['--enable', 'simd', '--enable', 'threads'];
// Vectors pass between kernels only, never to the host.
const quiet = ['--disableWarning', '112'];

const builds = [
  { name: 'simd', flags: [] },
  { name: 'relaxed', flags: ['--enable', 'relaxed-simd'] },
];

mkdirSync(values.out, { recursive: true });
for (const { name, flags } of builds) {
  const file = join(values.out, `kernels.${name}.wasm`);
  const partial = `${file}.${process.pid}.partial`;
  const paths = ['wasm/index.ts', '--outFile', partial, '--baseDir', baseDir];
  const { error, stderr } = await asc.main([...paths, ...optimise, ...memory, ...features, ...quiet, ...flags]);
  process.stderr.write(stderr.toString());
  if (error) {
    console.error(`kernels.${name}.wasm: ${error.message}`);
    process.exitCode = 1;
  } else renameSync(partial, file);
}
