import { BlockList } from './blocks.ts';
import { expected, KernelError } from './errors.ts';

/** A typed array in the kernels' memory. */
export type View = Float32Array | Int32Array | Uint32Array | Uint8Array | Float64Array;

export interface MemoryUsage {
  /** Bytes in blocks that are in use. */
  readonly allocated: number;
  /** Bytes that the WebAssembly memory has grown to. */
  readonly reserved: number;
  /** Blocks in use. */
  readonly blocks: number;
}

const PAGE = 65_536;
const MAX_PAGES = 65_536;
/** Addresses below are the modules' own (static data); address 0 is never handed out. */
const FIRST_ADDRESS = PAGE;
/** The last page stays unused, so that the end of a view is an address too. */
const LIMIT = (MAX_PAGES - 1) * PAGE;
const LEAST_GROWTH = 16 * 1024 * 1024;

/** Tried in turn for a memory that cannot grow: 1 GiB, 512 MiB ... Browsers give pages room as they are written. */
const FIXED_PAGES = [16_384, 8192, 4096, 2048];

const isShared = (buffer: ArrayBufferLike): boolean =>
  Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]'; // pages that are not isolated have no such name

/**
 * A shared WebAssembly memory that may grow to 4 GiB; in a browser that refuses shared ones to pages that are not
 * cross-origin isolated, one of a fixed size, since growth would detach all views.
 */
export function createMemory(initialPages = 16): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: initialPages, maximum: MAX_PAGES, shared: true });
  } catch (cause) {
    return createFixedMemory(cause);
  }
}

function createFixedMemory(cause: unknown): WebAssembly.Memory {
  for (const pages of FIXED_PAGES) {
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: pages });
    } catch {
      // too large for this host; the next one is smaller
    }
  }
  const message = '[kernels] expected a WebAssembly memory of 128 MiB, got none; close other pages';
  throw new KernelError('out-of-memory', message, { where: 'memory', cause });
}

/**
 * Hands out typed arrays in one WebAssembly memory. Blocks are aligned to 64 bytes, freed ones are joined with their
 * free neighbours and used again; a shared memory grows as needed and never shrinks, and views stay valid when it grows.
 * Contents of a new view are undefined.
 */
export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  readonly #blocks: BlockList;
  readonly #known = new WeakSet<ArrayBufferLike>();
  #current: ArrayBufferLike;

  constructor(memory: WebAssembly.Memory = createMemory()) {
    this.memory = memory;
    this.#current = memory.buffer;
    this.#known.add(this.#current);
    this.#blocks = new BlockList(FIRST_ADDRESS, Math.min(this.#current.byteLength, LIMIT));
  }

  /** Whether other threads may work on it. One that is not shared does not grow. */
  get isShared(): boolean {
    return isShared(this.#current);
  }

  /** The memory as it is now: a SharedArrayBuffer where it is shared. Growth makes a new, longer one over the same bytes. */
  get buffer(): ArrayBufferLike {
    return this.#current;
  }

  get usage(): MemoryUsage {
    const { allocated, count } = this.#blocks;
    return { allocated, reserved: this.#current.byteLength, blocks: count };
  }

  /** An uninitialised view of `length` float32 numbers. @throws KernelError `out-of-memory` */
  f32(length: number): Float32Array {
    const address = this.#allocate(length, 4); // may replace the buffer
    return new Float32Array(this.#current, address, length);
  }

  f64(length: number): Float64Array {
    const address = this.#allocate(length, 8);
    return new Float64Array(this.#current, address, length);
  }

  i32(length: number): Int32Array {
    const address = this.#allocate(length, 4);
    return new Int32Array(this.#current, address, length);
  }

  u32(length: number): Uint32Array {
    const address = this.#allocate(length, 4);
    return new Uint32Array(this.#current, address, length);
  }

  u8(length: number): Uint8Array {
    const address = this.#allocate(length, 1);
    return new Uint8Array(this.#current, address, length);
  }

  /** A new view that holds a copy of `values`. */
  copyOf<T extends Float32Array | Int32Array | Uint32Array | Uint8Array>(values: T): T {
    const Constructor = values.constructor as new (buffer: ArrayBufferLike, at: number, length: number) => T;
    const address = this.#allocate(values.length, values.BYTES_PER_ELEMENT);
    const view = new Constructor(this.#current, address, values.length);
    view.set(values);
    return view;
  }

  /**
   * Gives a block back. Takes the view that was handed out (or any other that starts where it starts).
   * @throws KernelError `bad-option` where the view is not a block of this memory, or was freed before.
   */
  free(view: View): void {
    if (!this.owns(view) || !this.#blocks.free(view.byteOffset)) {
      throw expected(
        'a view that this memory handed out',
        `one at byte ${view.byteOffset}`,
        'free each view once',
        'view',
      );
    }
  }

  /** Whether `view` lies in this memory. */
  owns(view: ArrayBufferView): boolean {
    return view.buffer === this.#current || this.#known.has(view.buffer);
  }

  /** Usable bytes of the block that starts where `view` starts; 0 where there is none. */
  capacity(view: View): number {
    return this.#blocks.sizeAt(view.byteOffset);
  }

  #allocate(length: number, width: number): number {
    if (!Number.isSafeInteger(length) || length < 0) {
      throw expected('a length ≥ 0', String(length), 'pass a whole number of elements', 'length');
    }
    const bytes = length * width;
    const address = this.#blocks.allocate(bytes);
    if (address !== undefined) return address;
    this.#grow(bytes);
    return this.#blocks.allocate(bytes)!;
  }

  #grow(bytes: number): void {
    const reserved = this.#current.byteLength;
    const needed = this.#blocks.shortfall(bytes);
    const wanted = Math.max(needed, LEAST_GROWTH, reserved >>> 3);
    const room = this.isShared ? LIMIT - Math.min(reserved, LIMIT) : 0;
    if (needed > room || !(this.#tryGrow(Math.min(wanted, room)) || this.#tryGrow(needed)))
      throw this.#outOfMemory(bytes);
  }

  #tryGrow(bytes: number): boolean {
    try {
      this.memory.grow(Math.ceil(bytes / PAGE));
    } catch {
      return false;
    }
    this.#current = this.memory.buffer;
    this.#known.add(this.#current);
    this.#blocks.extend(Math.min(this.#current.byteLength, LIMIT));
    return true;
  }

  #outOfMemory(bytes: number): KernelError {
    const { allocated, reserved } = this.usage;
    const mib = (n: number): string => `${(n / 2 ** 20).toFixed(1)} MiB`;
    const limit = this.isShared
      ? 'the limit is 4096 MiB'
      : 'this memory cannot grow (it can in pages that are cross-origin isolated)';
    return new KernelError(
      'out-of-memory',
      `[kernels] expected room for ${mib(bytes)}, got none: ${mib(allocated)} of ${mib(reserved)} are in use and ${limit}; ` +
        'lower the batch size, the number of negatives or the embedding dimension, or free views',
      { where: 'memory' },
    );
  }
}
