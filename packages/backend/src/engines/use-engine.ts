import type { EngineInfo } from '@losslab/core';
import { unknownName } from '@losslab/core';
import { availableThreads, kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { assertOneTfjs } from '../one-tfjs.ts';
import { ready } from '../ops/register.ts';
import { activate, loadedNodeEngine } from './load.ts';
import { whatIsMissing } from './missing.ts';
import { type ConcreteEngine, type EngineName, engineNames } from './names.ts';
import { probeStep } from './probe.ts';

let automatic: ConcreteEngine | undefined;

/**
 * Selects the tfjs backend that everything runs on from here. Tables belong to the engine under which they are made.
 * `auto` is `simd`, unless `tensorflow-gpu` is installed, a GPU answers, and a timed step is faster on it; it is decided
 * once a process.
 * @param options.threads of `simd`'s kernels, this one included; by default the cores that the host offers; a browser offers 1,
 *   unless the page is cross-origin isolated and this is one of its workers. Results do not depend on it.
 * @throws LosslabError `engine` that says what is missing, or that tfjs is there twice; `unknown-name`.
 */
export async function useEngine(name: EngineName, options: { threads?: number } = {}): Promise<EngineInfo> {
  if (!engineNames.includes(name)) throw unknownName('engine', name, engineNames, 'backend');
  assertOneTfjs();
  if (name === 'auto') {
    automatic ??= await fastest();
    await activate(automatic);
  } else {
    await activate(name);
  }
  ready();
  if (tf.getBackend() === 'simd') kernels().engine.threads = options.threads ?? availableThreads();
  return engineInfo();
}

async function fastest(): Promise<ConcreteEngine> {
  if (whatIsMissing('tensorflow-gpu') !== undefined) return 'simd';
  try {
    await activate('tensorflow-gpu');
    const gpu = probeStep();
    await activate('simd');
    return gpu < probeStep() ? 'tensorflow-gpu' : 'simd';
  } catch {
    return 'simd';
  }
}

/** The engine in use. */
export function engineInfo(): EngineInfo {
  const backend = tf.getBackend();
  if (backend === 'simd') return { name: backend, build: kernels().build, threads: kernels().engine.threads };
  return { name: backend === 'tensorflow' ? (loadedNodeEngine() ?? backend) : backend, threads: 1 };
}
