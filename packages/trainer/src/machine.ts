import { createRequire } from 'node:module';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Machine } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';

export { checkouts } from './checkouts.ts';

/** The machine that this process runs on. */
export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? process.arch,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${platform()} ${release()} ${process.arch}`,
  };
}

/** Versions of what every result depends on: Node, tfjs, this package and losslab's packages below it. */
export function versions(): Readonly<Record<string, string>> {
  const load = createRequire(import.meta.url);
  const own = load('../package.json') as Manifest;
  const below = Object.keys(own.dependencies ?? {}).filter((name) => name.startsWith('@losslab/'));
  const known = below.map((name) => [name, (load(`${name}/package.json`) as Manifest).version]);
  return {
    [own.name]: own.version,
    ...Object.fromEntries(known),
    '@tensorflow/tfjs': tf.version.tfjs,
    node: process.versions.node,
  };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The most memory that this process has held, in bytes. */
export function peakMemoryBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** Lets other work of the process have its turn: signals, timers, drawing. */
export async function otherWork(): Promise<void> {
  await setImmediate();
}
