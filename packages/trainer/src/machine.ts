import { createRequire } from 'node:module';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { RunResult } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';

/** The machine that this process runs on. */
export function machine(): RunResult['machine'] {
  return {
    cpu: cpus()[0]?.model.trim() ?? process.arch,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${platform()} ${release()} ${process.arch}`,
  };
}

/** Versions of what a result depends on. */
export function versions(): Readonly<Record<string, string>> {
  const own = createRequire(import.meta.url)('../package.json') as { name: string; version: string };
  return { [own.name]: own.version, node: process.versions.node, '@tensorflow/tfjs': tf.version.tfjs };
}

/** The most memory that this process has held, in bytes. */
export function peakMemoryBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
