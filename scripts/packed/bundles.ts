// What bundlers make of `sideEffects`: nothing comes along that is not used, and no registration is lost.
import { cpSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Consumer } from './consumers.ts';
import { run } from './run.ts';

interface Bundle {
  readonly name: string;
  readonly code: string;
  readonly prints: string;
  /** Modules of which nothing may be in the bundle. */
  readonly without?: RegExp;
}

export const bundles: readonly Bundle[] = [
  {
    name: 'one loss brings neither kernels, tables, optimizers nor other losses',
    code: `import { bprLoss } from '@losslab/loss-classic';
      import * as tf from '@tensorflow/tfjs';
      console.log(bprLoss({ positive: tf.tensor2d([[2]]), negative: tf.tensor2d([[0.5, -1]]) }).dataSync()[0].toFixed(4));`,
    prints: '0.1250',
    without: /kernels\/dist|backend\/dist\/(simd|fused|tables|optimizers|parameters|sparse)|classic\/dist\/(bce|mse)/,
  },
  {
    name: 'importing the backend registers simd',
    code: `import '@losslab/backend';
      import * as tf from '@tensorflow/tfjs';
      await tf.setBackend('simd');
      console.log(tf.getBackend(), tf.add(1, 2).dataSync()[0]);`,
    prints: 'simd 3',
  },
  {
    name: 'useEngine alone registers simd and its fused ops',
    code: `import { softplus, useEngine } from '@losslab/backend';
      import * as tf from '@tensorflow/tfjs';
      await useEngine('simd', { threads: 1 });
      console.log(softplus(tf.tensor1d([0])).dataSync()[0].toFixed(4));`,
    prints: '0.6931',
  },
  {
    name: 'metrics bring no tfjs',
    code: `import { evaluate } from '@losslab/metrics'; console.log(typeof evaluate);`,
    prints: 'function',
    without: /tensorflow|losslab\/backend/,
  },
  {
    name: 'samplers bring no tfjs',
    code: `import { createSampler } from '@losslab/samplers'; console.log(typeof createSampler);`,
    prints: 'function',
    without: /tensorflow|losslab\/backend/,
  },
];

/** The kernels look for their WebAssembly in `../dist` of the file they are in. */
function placeWasm(folder: string): void {
  for (const file of globSync('node_modules/@losslab/kernels/dist/*.wasm', { cwd: folder })) {
    cpSync(join(folder, file), join(folder, 'dist', file.split(/[\\/]/).at(-1)!));
  }
}

/** What is wrong with a bundle made and run in a flat folder; undefined where nothing is. */
export async function bundleProblem({ folder }: Consumer, bundle: Bundle): Promise<string | undefined> {
  placeWasm(folder);
  const outfile = join(folder, 'bundles', `${bundle.name.replaceAll(' ', '-')}.mjs`);
  const { metafile } = await build({
    stdin: { contents: bundle.code, resolveDir: folder },
    absWorkingDir: folder,
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    external: ['@tensorflow/*'],
    metafile: true,
    logLevel: 'error',
  });
  const [output] = Object.values(metafile.outputs);
  const kept = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const modules = [...kept.map(([path]) => path), ...output!.imports.map(({ path }) => path)];
  const unwanted = modules.filter((path) => bundle.without?.test(path));
  if (unwanted.length > 0) return `it has ${unwanted.join(', ')}`;
  const { stdout, output: text } = await run(process.execPath, [outfile], folder);
  return stdout.trim() === bundle.prints ? undefined : `expected ${bundle.prints}, printed ${text}`;
}
