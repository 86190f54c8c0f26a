import { loadKernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { expected } from '../errors.ts';
import { addonOf } from './addon.ts';
import { NO_GPU, whatIsMissing, whyNotLoaded } from './missing.ts';
import { backendOf, type ConcreteEngine, PACKAGES } from './names.ts';
import type { NodeEngine } from './node-package.ts';
import { prepareNode } from './prepare-node.ts';

/** Which of the two libtensorflow packages this process has loaded; there is room for one. */
let loadedNode: NodeEngine | undefined;

export const loadedNodeEngine = (): NodeEngine | undefined => loadedNode;

const isNodeEngine = (engine: ConcreteEngine): engine is NodeEngine =>
  engine === 'tensorflow' || engine === 'tensorflow-gpu';

const firstLine = (error: unknown): string => String(error instanceof Error ? error.message : error).split('\n')[0]!;

function unusable(engine: ConcreteEngine, why: string, cause?: unknown) {
  const remedy = "choose another (losslab doctor tells which work), e.g. 'simd'";
  return expected(`engine ${engine} to work here`, `this: ${why}`, remedy, { code: 'engine', where: 'engine', cause });
}

async function loadNodePackage(engine: NodeEngine): Promise<void> {
  if (loadedNode === engine) return;
  if (loadedNode !== undefined) throw unusable(engine, `${loadedNode} is loaded already, in the same process`);
  const missing = whatIsMissing(engine);
  if (missing !== undefined) throw unusable(engine, missing);
  prepareNode(engine, addonOf(engine)!);
  try {
    await importByName(PACKAGES[engine]!);
  } catch (error) {
    throw unusable(engine, whyNotLoaded(error instanceof Error ? error.message : String(error)), error);
  }
  loadedNode = engine;
}

/** Kept from bundlers, which would follow it into packages that are not there. */
const importByName = (name: string): Promise<unknown> => import(/* @vite-ignore */ name);

/** @throws LosslabError `engine` saying what is missing. */
async function loadPackage(engine: ConcreteEngine): Promise<void> {
  if (engine === 'webgpu' && !hasGpuApi()) throw unusable(engine, 'this host has no navigator.gpu');
  const name = PACKAGES[engine]!;
  try {
    await importByName(name);
  } catch (error) {
    throw unusable(engine, `package ${name} does not load (${firstLine(error)}); npm install ${name}`, error);
  }
}

export const hasGpuApi = (): boolean => (globalThis as { navigator?: { gpu?: unknown } }).navigator?.gpu !== undefined;

/** Whether a CUDA device answers; the package must be loaded. */
export function usesGpu(): boolean {
  return (
    (tf.findBackend('tensorflow') as unknown as { isUsingGpuDevice?: boolean } | undefined)?.isUsingGpuDevice === true
  );
}

/** tfjs's cpu backend advises at its first op to install another one. */
function keepQuiet(): void {
  (tf.findBackend('cpu') as unknown as { firstUse: boolean }).firstUse = false;
}

/** Loads what the engine needs and makes its backend the active one. @throws LosslabError `engine` where it cannot */
export async function activate(engine: ConcreteEngine): Promise<void> {
  if (isNodeEngine(engine)) await loadNodePackage(engine);
  else if (engine in PACKAGES) await loadPackage(engine);
  else if (engine === 'simd') await loadKernels(); // whose errors say more than tfjs's
  if (!(await tf.setBackend(backendOf(engine)))) throw unusable(engine, 'tfjs could not start its backend');
  if (engine === 'cpu') keepQuiet();
  if (engine === 'tensorflow-gpu' && !usesGpu()) {
    throw unusable(engine, NO_GPU);
  }
}
