import { defineConfig } from 'vitest/config';

// Workspace packages resolve to their src, in tests as in everything that a test starts.
const source = '@losslab/source';

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
      // The kernels' suites once more, compiled as after many calls, with vectors of 256 bits (decision 0013); less those about
      // builds and loading.
      {
        extends: true,
        test: {
          name: 'wide',
          include: isWide ? ['packages/kernels/test/**/*.test.ts'] : [],
          exclude: ['**/{build,loading,wide}.test.ts'],
          env: { LOSSLAB_BUILD: 'wide' },
          execArgv: [`--conditions=${source}`, '--no-liftoff', '--no-wasm-lazy-compilation'],
        },
      },
    ],
  },
});
