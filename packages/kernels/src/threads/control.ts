/**
 * The words through which threads find each other, in the shared memory; what they work on lies in queues (queue.ts).
 *
 *     ticket   raised whenever there is something new to do: a change of it wakes workers
 *     joined   workers that have come up so far; the n-th to join is number n
 */
export const TICKET = 0;
export const JOINED = 1;
export const WORDS = 2;
/** A line of its own. */
export const CONTROL_BYTES = 64;
export const MAX_WORKERS = 31;

export function controlAt(buffer: ArrayBufferLike, address: number): Int32Array {
  return new Int32Array(buffer, address, WORDS);
}

export type Exports = Record<string, (...args: number[]) => number>;

/** Kernels by number: the same on every thread, since all run one module. */
export function kernelNames(exports: Exports): string[] {
  return Object.keys(exports)
    .filter((name) => typeof exports[name] === 'function')
    .sort();
}

/** The kernels in the order of their numbers. */
export function kernelsByNumber(exports: Exports): Exports[string][] {
  return kernelNames(exports).map((name) => exports[name]!);
}
