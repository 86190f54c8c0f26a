import type { EngineInfo } from '@losslab/core';
import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { expected } from './errors.ts';
import { ready } from './ops/register.ts';

export const engineNames = ['auto', 'simd', 'tensorflow-gpu', 'tensorflow', 'webgpu', 'wasm', 'cpu'] as const;
export type EngineName = (typeof engineNames)[number];

/** Selects the tfjs backend that everything runs on from here. `auto` takes the fastest that works. */
export async function useEngine(name: EngineName): Promise<EngineInfo> {
  if (name === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  const backend = name === 'auto' ? 'simd' : name;
  if (tf.findBackendFactory(backend) === null || !(await tf.setBackend(backend))) {
    throw expected(`engine ${name}`, 'none', 'choose another', { code: 'engine' });
  }
  ready();
  return engineInfo();
}

/** The engine in use. */
export function engineInfo(): EngineInfo {
  const name = tf.getBackend();
  return name === 'simd' ? { name, build: kernels().build, threads: 1 } : { name, threads: 1 };
}
