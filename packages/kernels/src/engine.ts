import { expected } from './errors.ts';
import type { KernelMemory, View } from './memory.ts';
import type { Exports } from './threads/control.ts';
import { Pool } from './threads/pool.ts';
import { mostThreads } from './threads/thread.ts';

/**
 * Which code runs: `relaxed` fuses multiply and add, `simd` rounds between them and gives the same bits everywhere. `wide` is
 * `relaxed` with two vectors of 128 bits made one of 256 by V8's revectorizer, and gives the bits of `relaxed` (load.ts).
 */
export type Build = 'simd' | 'relaxed' | 'wide';

export interface RunOptions {
  /** Working memory of one range, passed as an address before the range where it is not 0. */
  readonly scratchBytes?: number;
  /** Numbers that one row reads, roughly. Absent: the kernel stays on one thread. */
  readonly work?: number;
  /** Whether a thread should take its share in one piece: where rows of a range share what they load. */
  readonly whole?: boolean;
}

/** Numbers read by a chunk of a queued call: the 20 µs for which a thread may be late for other work. */
const QUEUED_CHUNK = 2 ** 16;

/** Where a family of kernels sends its calls: to `run`, which does them at once, or to `enqueue`. */
export type Runner = Pick<Engine, 'address' | 'memory' | 'run'>;

/** Calls the exports of one module. Every exported kernel ends in its range of rows, and writes only those rows. */
export class Engine {
  readonly build: Build;
  readonly memory: KernelMemory;
  /**
   * Numbers read by a run that is worth sharing: some 75 µs of one thread. Waking another takes 20 to 100, for which nobody waits, and
   * a call to the system of a few. 1 cuts whatever can be cut: for tests.
   */
  worth = 2 ** 18;
  readonly #exports: Exports;
  readonly #pool: Pool;
  #threads = 1;
  #scratch: Uint8Array | undefined;
  #queueScratch: Uint8Array | undefined;

  constructor(build: Build, module: WebAssembly.Module, memory: KernelMemory) {
    this.build = build;
    this.memory = memory;
    const instance = new WebAssembly.Instance(module, { env: { memory: memory.memory } });
    this.#exports = instance.exports as Exports;
    this.#pool = new Pool(memory, module, this.#exports);
  }

  /** Threads that a run may be cut among, this one included. */
  get threads(): number {
    return this.#threads;
  }

  /** Threads that have come up: 1 until a run was worth more. */
  get joined(): number {
    return this.#pool.joined;
  }

  /**
   * Workers come up with the first run that is worth them, and take part as they join. Fewer leave the others asleep. It stays 1
   * where the host has none.
   */
  set threads(threads: number) {
    if (!Number.isInteger(threads) || threads < 1) {
      throw expected('threads ≥ 1', String(threads), 'pass a whole number', 'threads');
    }
    const possible = this.memory.isShared ? Math.min(threads, mostThreads()) : 1;
    if (possible < this.#threads) this.settle(); // those that go to sleep may not take what was queued for them
    this.#threads = possible;
  }

  /** Waits until all threads take part: for measuring and for tests. @throws KernelError `engine` where one does not start */
  async ready(): Promise<void> {
    this.#pool.resize(this.#threads);
    await this.#pool.ready();
  }

  /**
   * Runs `kernel(...args, [scratch,] 0, rows)`. The one place where rows are cut among threads: the result must not
   * depend on the cut, so kernels write by output row and reduce in a fixed order.
   */
  run(kernel: string, args: readonly number[], rows: number, options: RunOptions = {}): void {
    if (rows <= 0) return;
    const { scratchBytes = 0, work = 0, whole = false } = options;
    if (this.#threads === 1 || rows * work < this.worth) {
      this.runRange(kernel, args, 0, rows, scratchBytes);
      return;
    }
    this.#pool.resize(this.#threads);
    const stride = Math.ceil(scratchBytes / 64) * 64;
    const scratch = scratchBytes > 0 ? { address: this.#scratchOf(stride * this.#threads), stride } : undefined;
    this.#pool.run({ kernel, args, rows, threads: this.#threads, ...(scratch && { scratch }) }, whole);
  }

  /**
   * As `run`, but left to threads that have nothing else to do, in the order of the calls; `settle` waits for the result and
   * helps. Arrays must stay as they are until then. The bits are those of `run`.
   */
  enqueue(kernel: string, args: readonly number[], rows: number, options: RunOptions = {}): void {
    if (rows <= 0) return;
    const { scratchBytes = 0, work = 0 } = options;
    const { queue } = this.#pool;
    if (queue.isEmpty && rows * work < QUEUED_CHUNK) {
      this.runRange(kernel, args, 0, rows, scratchBytes);
      return;
    }
    this.#pool.resize(this.#threads);
    // Kernels clear their scratch first, so a chunk reads as many numbers as that has bytes.
    const chunk = work > 0 ? Math.ceil(Math.max(QUEUED_CHUNK, scratchBytes) / work) : rows;
    const stride = Math.ceil(scratchBytes / 64) * 64;
    const scratch = scratchBytes > 0 ? { address: this.#queueScratchOf(stride * this.#threads), stride } : undefined;
    this.#pool.enqueue({ kernel, args, rows, threads: this.#threads, ...(scratch && { scratch }) }, chunk);
  }

  /** The number of the next call that is queued. */
  get mark(): number {
    return this.#pool.queue.mark;
  }

  /** Returns when the calls queued before `mark` (by default all) are done. What nobody has begun is done here. */
  settle(mark?: number): void {
    this.#pool.queue.settle(mark);
  }

  /** Runs rows [start, end) only, on this thread: for tests of the rule above. */
  runRange(kernel: string, args: readonly number[], start: number, end: number, scratchBytes = 0): void {
    const call = this.#exports[kernel]!;
    if (scratchBytes > 0) call(...args, this.#scratchOf(scratchBytes), start, end);
    else call(...args, start, end);
  }

  /** Calls a kernel that is serial by nature, and returns its number. */
  call(kernel: string, args: readonly number[], scratchBytes = 0): number {
    const call = this.#exports[kernel]!;
    return scratchBytes > 0 ? call(...args, this.#scratchOf(scratchBytes)) : call(...args);
  }

  /** The address of `view`. @throws KernelError where it lies elsewhere or is shorter than `least` elements. */
  address(name: string, view: View, least = 0): number {
    if (!this.memory.owns(view)) {
      throw expected(
        `${name} in the kernels' memory`,
        'an array elsewhere',
        'make it with memory.f32/i32 or copyOf',
        name,
      );
    }
    if (view.length < least) {
      throw expected(`${name} of at least ${least} elements`, String(view.length), 'check rows, columns and dim', name);
    }
    return view.byteOffset;
  }

  /** Working memory of queued calls: its own, as it is in use while other work goes on. */
  #queueScratchOf(bytes: number): number {
    if (this.#queueScratch === undefined || this.#queueScratch.length < bytes) {
      this.settle();
      if (this.#queueScratch !== undefined) this.memory.free(this.#queueScratch);
      this.#queueScratch = undefined;
      this.#queueScratch = this.memory.u8(bytes);
    }
    return this.#queueScratch.byteOffset;
  }

  #scratchOf(bytes: number): number {
    if (this.#scratch === undefined || this.#scratch.length < bytes) {
      if (this.#scratch !== undefined) this.memory.free(this.#scratch);
      this.#scratch = undefined;
      this.#scratch = this.memory.u8(bytes);
    }
    return this.#scratch.byteOffset;
  }
}

/** Rows of `length` elements with `width` each. @throws KernelError where they do not divide. */
export function rowsOf(name: string, length: number, width: number): number {
  if (!(width > 0) || !Number.isInteger(width))
    throw expected(`${name} ≥ 1`, String(width), 'pass a whole number', name);
  if (length % width !== 0) {
    throw expected(`a multiple of ${name} = ${width} elements`, String(length), 'check the shapes', name);
  }
  return length / width;
}
