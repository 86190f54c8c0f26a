// Compiles wasm/index.ts (AssemblyScript) to dist/kernels.simd.wasm and dist/kernels.relaxed.wasm.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const baseDir = fileURLToPath(new URL('..', import.meta.url));

// The host brings the memory, of any size up to 65,536 pages (4 GiB); kernels own none.
const memory = ['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];
const optimise = ['-O3', '--noAssert', '--converge', '--runtime', 'stub'];
const features = ['--enable', 'simd', '--enable', 'threads'];
// Vectors pass between kernels only, never to the host.
const quiet = ['--disableWarning', '112'];

const builds = [
  { name: 'simd', flags: [] },
  { name: 'relaxed', flags: ['--enable', 'relaxed-simd'] },
];

mkdirSync(new URL('../dist/', import.meta.url), { recursive: true });
for (const { name, flags } of builds) {
  const out = ['--outFile', `dist/kernels.${name}.wasm`, '--baseDir', baseDir];
  const { error, stderr } = await asc.main([
    'wasm/index.ts',
    ...out,
    ...optimise,
    ...memory,
    ...features,
    ...quiet,
    ...flags,
  ]);
  process.stderr.write(stderr.toString());
  if (error) {
    console.error(`kernels.${name}.wasm: ${error.message}`);
    process.exitCode = 1;
  }
}
