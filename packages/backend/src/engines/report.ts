import { kernels } from '@losslab/kernels';
import { hasGpuApi } from './load.ts';
import { type ConcreteEngine, engineNames, PACKAGES } from './names.ts';
import { requireHere } from './node-package.ts';
import { tryNodeEngine } from './try-node.ts';

/** One line of `losslab doctor`. */
export interface EngineStatus {
  readonly name: ConcreteEngine;
  readonly works: boolean;
  /** What it is, where it works; else what is missing and what to do. */
  readonly detail: string;
}

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
