/**
 * The words through which threads talk, in the shared memory. One thread (the owner) hands out work; workers take chunks
 * of its rows until none is left.
 *
 *     ticket   generation × 32 + number of workers taking part; a change of it wakes them
 *     running  workers that have not yet finished this generation; 0 wakes the owner
 *     next     first row that nobody has taken
 *     joined   workers that have come up so far; the n-th to join is number n
 */
export const TICKET = 0;
export const RUNNING = 1;
export const NEXT = 2;
export const JOINED = 3;
export const KERNEL = 4; // number of the export, or STOP
export const ROWS = 5;
export const CHUNK = 6; // rows taken at a time
export const ARGUMENTS = 7; // how many
export const SCRATCH = 8; // address of the first thread's scratch, or 0
export const SCRATCH_STRIDE = 9; // bytes from one thread's scratch to the next
export const WORDS = 16;
export const MAX_ARGUMENTS = 32;
export const STOP = -1;
export const MAX_WORKERS = 31;

/** Bytes of the control block: the words, then the arguments as float64 (addresses pass 2³¹). */
export const CONTROL_BYTES = WORDS * 4 + MAX_ARGUMENTS * 8;

export interface Control {
  readonly words: Int32Array;
  readonly args: Float64Array;
}

export function controlAt(buffer: ArrayBufferLike, address: number): Control {
  return {
    words: new Int32Array(buffer, address, WORDS),
    args: new Float64Array(buffer, address + WORDS * 4, MAX_ARGUMENTS),
  };
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

/** Takes chunks of the current work until no row is left. `thread` numbers the scratch: 0 is the owner's. */
export function takeChunks(control: Control, kernel: Exports[string], thread: number): void {
  const { words } = control;
  const rows = words[ROWS]!;
  const chunk = words[CHUNK]!;
  const args = Array.from(control.args.subarray(0, words[ARGUMENTS]!));
  if (words[SCRATCH] !== 0) args.push((words[SCRATCH]! >>> 0) + thread * words[SCRATCH_STRIDE]!);
  for (let start = Atomics.add(words, NEXT, chunk); start < rows; start = Atomics.add(words, NEXT, chunk)) {
    kernel(...args, start, Math.min(rows, start + chunk));
  }
}
