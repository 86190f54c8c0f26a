import type { Machine, Session } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';

/*
 * What stands in for ../machine.ts where a package is bundled for browsers (`imports` in package.json): as much as a page may
 * know.
 */

/** The machine that this page runs on. */
export function machine(): Machine {
  const { hardwareConcurrency, userAgent } = navigator;
  const { deviceMemory = 0 } = navigator as { deviceMemory?: number }; // GiB, rounded; Chromium alone
  return {
    cpu: 'not told to pages',
    cores: hardwareConcurrency,
    memoryBytes: deviceMemory * 2 ** 30,
    system: userAgent,
  };
}

/** Versions of what a result depends on. */
export function versions(): Readonly<Record<string, string>> {
  return { '@tensorflow/tfjs': tf.version.tfjs };
}

/** Pages are in no git checkout. */
export function checkouts(): NonNullable<Session['git']> {
  return {};
}

/** Not known to pages. */
export function peakMemoryBytes(): number {
  return 0;
}

/** Lets other work of the page have its turn; timers would take 4 ms of it. */
export function otherWork(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
