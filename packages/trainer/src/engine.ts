import type { EngineInfo } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import type { RunConfig } from './config.ts';

export function engineInfo(): EngineInfo {
  return { name: tf.getBackend(), threads: 1 };
}
export async function selectEngine(_config: Pick<RunConfig, 'engine' | 'threads'>): Promise<void> {}
