import * as tf from '@tensorflow/tfjs';
import { builtin, requireHere } from './engines/node-package.ts';
import { expected } from './errors.ts';

/**
 * tfjs keeps its engine, kernels and gradients in globals, which copies of it share: the second one's kernels take the place of the
 * first one's, under the first one's engine and backends. With one version that is 344 warnings and memory lost; with two, an
 * engine of one version runs kernels of another.
 */
const kernelNow = (): tf.KernelFunc | undefined => tf.getKernel('Identity', 'cpu')?.kernelFunc;
const kernelAtFirst = kernelNow();

/** The engine is of the copy that was loaded first, the stock kernels of the one that was loaded last: both should be ours. */
const isAlone = (): boolean => tf.env() instanceof tf.Environment && kernelNow() === kernelAtFirst;

/** `4.22.0 in <folder>` for each copy that Node has loaded; empty elsewhere. */
function copies(): string[] {
  const [path, fs] = [builtin('path'), builtin('fs')];
  const files = Object.keys(requireHere()?.cache ?? {}).filter((file) => /[\\/]tfjs-core[\\/]dist[\\/]/.test(file));
  const folders = new Set(files.map((file) => file.replace(/[\\/]dist[\\/].*/, '')));
  return [...folders].map((folder) => {
    const { version } = JSON.parse(fs!.readFileSync(path!.join(folder, 'package.json'), 'utf8')) as { version: string };
    return `${version} in ${folder}`;
  });
}

/** @throws LosslabError `engine` where a second copy of tfjs is loaded in this process, naming both */
export function assertOneTfjs(): void {
  if (isAlone()) return;
  const found = copies();
  throw expected(
    'one copy of @tensorflow/tfjs in the process',
    found.length > 1 ? `${found.length}: ${found.join('; ')}` : 'another one beside it',
    'install one version for all packages (npm ls @tensorflow/tfjs-core shows who brings which; npm dedupe)',
    { code: 'engine', where: '@tensorflow/tfjs' },
  );
}
