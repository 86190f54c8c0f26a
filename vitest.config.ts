import { defineConfig } from 'vitest/config';

// Workspace packages resolve to their src, in tests as in everything that a test starts.
const source = '@losslab/source';

// Those that take their instances of the kernels from test/support.ts.
const wideSuites = [
  'deferred',
  'elementwise',
  'matrices',
  'optimizers',
  'pairs',
  'plans',
  'ranking',
  'reductions',
  'rows',
  'spmm',
  'systems',
  'threads',
].map((name) => `packages/kernels/test/${name}.test.ts`);

const isWide = process.arch === 'x64' && Number.parseInt(process.versions.v8, 10) >= 13;

export default defineConfig({
  resolve: { conditions: [source] },
  ssr: { resolve: { conditions: [source] } },
  test: {
    testTimeout: 240_000,
    hookTimeout: 240_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: [
            'packages/**/test/**/*.test.ts',
            'apps/**/test/**/*.test.ts',
            'benchmarks/test/**/*.test.ts',
            'examples/test/**/*.test.ts',
            'scripts/test/**/*.test.ts',
            'site/test/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**'],
          execArgv: [`--conditions=${source}`],
        },
      },
      // The kernels' suites once more, compiled as after many calls, with vectors of 256 bits (decision 0013).
      {
        extends: true,
        test: {
          name: 'wide',
          include: isWide ? wideSuites : [],
          env: { LOSSLAB_BUILD: 'wide' },
          execArgv: [`--conditions=${source}`, '--no-liftoff', '--no-wasm-lazy-compilation'],
        },
      },
    ],
  },
});
