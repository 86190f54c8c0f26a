import { kernels } from '@losslab/kernels';
import { hasGpuApi } from './load.ts';
import { type ConcreteEngine, engineNames, PACKAGES } from './names.ts';
import { builtin, type NodeEngine, packageFolder, requireHere, whatIsMissing } from './node-package.ts';

/** One line of `losslab doctor`. */
export interface EngineStatus {
  readonly name: ConcreteEngine;
  readonly works: boolean;
  /** What it is, where it works; else what is missing and what to do. */
  readonly detail: string;
}

const TIMEOUT = 120_000;

/** Loads the package, which may crash or print, in a process of its own. */
const TRIAL = `
  const util = require('node:util');
  util.isNullOrUndefined ??= (x) => x === null || x === undefined;
  util.isArray ??= Array.isArray;
  const tf = require(process.argv[1]);
  const sum = tf.scalar(1).add(1).dataSync()[0];
  process.stdout.write(JSON.stringify({ sum, gpu: tf.backend().isUsingGpuDevice }));`;

interface Trial {
  readonly sum: number;
  readonly gpu: boolean;
}

function tryNodeEngine(engine: NodeEngine): { works: boolean; detail: string } {
  const missing = whatIsMissing(engine);
  if (missing !== undefined) return { works: false, detail: missing };
  const { spawnSync } = builtin('child_process')!;
  const options = { encoding: 'utf8', timeout: TIMEOUT } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', TRIAL, packageFolder(engine)!], options);
  if (status !== 0) return { works: false, detail: `its addon does not load: ${reason(stderr)}` };
  const trial = JSON.parse(stdout) as Trial;
  if (engine === 'tensorflow-gpu' && !trial.gpu) {
    return { works: false, detail: 'its addon loads, but no GPU answers (it wants CUDA 11.2 and cuDNN 8.1)' };
  }
  return { works: trial.sum === 2, detail: engine === 'tensorflow' ? 'libtensorflow on the CPU' : 'CUDA' };
}

const reason = (stderr: string): string =>
  stderr.split('\n').find((line) => line.includes('Error:')) ?? 'it ends without a word';

function isInstalled(engine: ConcreteEngine): boolean {
  try {
    return requireHere()?.resolve(PACKAGES[engine]!) !== undefined;
  } catch {
    return false;
  }
}

function trySimd(): { works: boolean; detail: string } {
  try {
    return { works: true, detail: `SIMD kernels, ${kernels().build} build, 1 thread` };
  } catch (error) {
    return { works: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function tryPackage(engine: ConcreteEngine, works: string): { works: boolean; detail: string } {
  if (isInstalled(engine)) return { works: true, detail: works };
  return { works: false, detail: `package ${PACKAGES[engine]} is not installed; npm install ${PACKAGES[engine]}` };
}

function tryEngine(engine: ConcreteEngine): { works: boolean; detail: string } {
  if (engine === 'simd') return trySimd();
  if (engine === 'cpu') return { works: true, detail: "tfjs's plain JavaScript" };
  if (engine === 'wasm') return tryPackage(engine, "tfjs's WebAssembly, 1 thread");
  if (engine !== 'webgpu') return tryNodeEngine(engine);
  return hasGpuApi() ? tryPackage(engine, 'WebGPU') : { works: false, detail: 'this host has no navigator.gpu' };
}

/** Which engines work here, and why not. Selects none; addons are tried in a process of their own. */
export function engineReport(): EngineStatus[] {
  const names = engineNames.filter((name) => name !== 'auto');
  return names.map((name) => ({ name, ...tryEngine(name) }));
}
