import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Bundles the backend and tfjs's tests, each from its ES modules, so that both see one tfjs-core. The kernels stay outside:
 * they look for their WebAssembly beside themselves. Returns the bundle's path.
 */
export async function bundle(): Promise<string> {
  const folder = join(here, '../node_modules/.cache/conformance');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, 'tests.mjs');
  const jasmine = createRequire(createRequire(import.meta.url).resolve('jasmine'));
  await build({
    stdin: {
      contents: `export * from './entry.ts'; import '@tensorflow/tfjs-core/dist/tests';`,
      resolveDir: here,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    conditions: ['@losslab/source'],
    external: ['@losslab/kernels'],
    alias: { 'jasmine-core/lib/jasmine-core/jasmine.js': jasmine.resolve('jasmine-core/lib/jasmine-core/jasmine.js') },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    ignoreAnnotations: true, // tfjs-core calls itself free of side effects; its tests register by side effect
    logLevel: 'error',
  });
  return outfile;
}
