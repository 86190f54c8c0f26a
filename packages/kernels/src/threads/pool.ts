import { KernelError } from '../errors.ts';
import type { KernelMemory } from '../memory.ts';
import {
  CONTROL_BYTES,
  controlAt,
  type Exports,
  JOINED,
  kernelNames,
  kernelsByNumber,
  MAX_WORKERS,
  TICKET,
} from './control.ts';
import { CallQueue, MAX_CHUNKS, QUEUE_BYTES } from './queue.ts';
import { startThread } from './thread.ts';
import type { WorkerData } from './worker.ts';

/** Chunks a thread: small enough that a thread which the system held up does not hold up the others. */
const CHUNKS_A_THREAD = 4;

export interface Work {
  readonly kernel: string;
  readonly args: readonly number[];
  readonly rows: number;
  /** Threads that may take part, the owner's included. */
  readonly threads: number;
  /** Address and stride of the threads' scratch, where the kernel wants some. */
  readonly scratch?: { readonly address: number; readonly stride: number };
}

/**
 * Worker threads on one shared memory. They come up lazily and take part as soon as they have joined; between two pieces of
 * work they do what is queued for spare time, then look for a while, then sleep. No message is passed while they work, and
 * nobody waits for a thread that is slow to wake: whoever is awake does its chunks.
 */
export class Pool {
  readonly #memory: KernelMemory;
  readonly #module: WebAssembly.Module;
  readonly #numbers: Map<string, number>;
  readonly #words: Int32Array;
  /** What the owner waits for: one call at a time. */
  readonly #urgent: CallQueue;
  readonly #addresses: Pick<WorkerData, 'control' | 'urgent' | 'spare'>;
  /** What is queued for threads that have nothing else to do. */
  readonly queue: CallQueue;
  /** Those that were started: kept, so that they live. */
  readonly #workers: object[] = [];
  #failure: string | undefined;

  constructor(memory: KernelMemory, module: WebAssembly.Module, exports: Exports) {
    this.#memory = memory;
    this.#module = module;
    this.#numbers = new Map(kernelNames(exports).map((name, number) => [name, number]));
    const kernels = kernelsByNumber(exports);
    const block = (bytes: number): Uint8Array => memory.u8(bytes).fill(0);
    const [control, urgent, spare] = [block(CONTROL_BYTES), block(QUEUE_BYTES), block(QUEUE_BYTES)];
    this.#words = controlAt(control.buffer, control.byteOffset);
    this.#urgent = new CallQueue(urgent.buffer, urgent.byteOffset, kernels, 0);
    this.queue = new CallQueue(spare.buffer, spare.byteOffset, kernels, 0);
    this.#addresses = { control: control.byteOffset, urgent: urgent.byteOffset, spare: spare.byteOffset };
  }

  /** Brings the number of threads up to `threads`, the owner's included; they join in their own time, and stay. */
  resize(threads: number): void {
    const wanted = Math.min(MAX_WORKERS, threads - 1);
    const data: WorkerData = { module: this.#module, memory: this.#memory.memory, ...this.#addresses };
    while (this.#workers.length < wanted) {
      this.#workers.push(
        startThread(data, (reason) => {
          this.#failure ??= reason;
        }),
      );
    }
  }

  /** Waits until all threads have joined: for tests and for measuring. @throws KernelError `engine` where one cannot */
  async ready(): Promise<void> {
    while (this.#joined < this.#workers.length) {
      if (this.#failure !== undefined) {
        throw new KernelError('engine', `[kernels] expected a thread to start, got ${this.#failure}; use one thread`);
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** @param whole one chunk a thread */
  run({ threads, ...work }: Work, whole: boolean): void {
    const taking = 1 + Math.min(threads - 1, this.#joined);
    const chunk = Math.ceil(work.rows / (taking * (whole ? 1 : CHUNKS_A_THREAD)));
    this.#add(this.#urgent, { ...work, threads }, chunk);
    this.#urgent.settle();
  }

  /** Leaves the work to threads that have nothing else to do; `queue.settle` waits for it and helps. */
  enqueue(work: Work, chunk: number): void {
    this.#add(this.queue, work, Math.max(chunk, Math.ceil(work.rows / MAX_CHUNKS)));
  }

  /** Threads that have come up, the owner's included. */
  get joined(): number {
    return 1 + this.#joined;
  }

  get #joined(): number {
    return Math.min(this.#workers.length, Atomics.load(this.#words, JOINED));
  }

  #add(queue: CallQueue, { kernel, ...work }: Work, chunk: number): void {
    queue.add({ ...work, kernel: this.#numbers.get(kernel)!, chunk });
    Atomics.add(this.#words, TICKET, 1);
    if (work.threads > 1) Atomics.notify(this.#words, TICKET);
  }
}
