import { KernelError } from '../errors.ts';
import type { KernelMemory } from '../memory.ts';
import {
  ARGUMENTS,
  CHUNK,
  CONTROL_BYTES,
  type Control,
  controlAt,
  type Exports,
  JOINED,
  KERNEL,
  kernelNames,
  kernelsByNumber,
  MAX_WORKERS,
  NEXT,
  ROWS,
  RUNNING,
  SCRATCH,
  SCRATCH_STRIDE,
  STOP,
  TICKET,
  takeChunks,
} from './control.ts';
import { CallQueue, MAX_CHUNKS, QUEUE_BYTES } from './queue.ts';
import { startThread, type Thread } from './thread.ts';
import type { WorkerData } from './worker.ts';

/** Chunks a thread: small enough that a thread which the system held up does not hold up the others. */
const CHUNKS_A_THREAD = 4;
/** Looks at `running` before the owner sleeps. */
const LOOKS = 20_000;

export interface Work {
  readonly kernel: string;
  readonly args: readonly number[];
  readonly rows: number;
  /** One chunk a thread. */
  readonly whole: boolean;
  /** Address and stride of the threads' scratch, where the kernel wants some. */
  readonly scratch?: { readonly address: number; readonly stride: number };
}

/**
 * Worker threads on one shared memory. They come up lazily and take part as soon as they have joined; between two pieces of
 * work they do what is queued, then look for a while, then sleep. No message is passed while they work.
 */
export class Pool {
  readonly #memory: KernelMemory;
  readonly #module: WebAssembly.Module;
  readonly #exports: Exports;
  readonly #numbers: Map<string, number>;
  #control: Control;
  #queue: CallQueue;
  #addresses: Pick<WorkerData, 'control' | 'queue'>;
  #workers: Thread[] = [];
  #failure: string | undefined;
  #generation = 0;

  constructor(memory: KernelMemory, module: WebAssembly.Module, exports: Exports) {
    this.#memory = memory;
    this.#module = module;
    this.#exports = exports;
    this.#numbers = new Map(kernelNames(exports).map((name, number) => [name, number]));
    [this.#addresses, this.#control, this.#queue] = this.#newBlocks();
  }

  /** What is queued, for threads that have nothing else to do. */
  get queue(): CallQueue {
    return this.#queue;
  }

  /** Threads that take part in the next piece of work, the owner's included. */
  get joined(): number {
    return 1 + Math.min(this.#workers.length, Atomics.load(this.#control.words, JOINED));
  }

  /** Brings the number of threads to `threads`, the owner's included; they join in their own time. */
  resize(threads: number): void {
    const wanted = Math.min(MAX_WORKERS, threads - 1);
    if (wanted < this.#workers.length) this.stop();
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
    while (this.joined <= this.#workers.length) {
      if (this.#failure !== undefined) {
        throw new KernelError('engine', `[kernels] expected a thread to start, got ${this.#failure}; use one thread`);
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  run({ kernel, args, rows, whole, scratch }: Work): void {
    const { words } = this.#control;
    const workers = this.joined - 1;
    this.#control.args.set(args);
    words[ARGUMENTS] = args.length;
    words[KERNEL] = this.#numbers.get(kernel)!;
    words[ROWS] = rows;
    words[CHUNK] = Math.ceil(rows / ((workers + 1) * (whole ? 1 : CHUNKS_A_THREAD)));
    words[SCRATCH] = scratch?.address ?? 0;
    words[SCRATCH_STRIDE] = scratch?.stride ?? 0;
    Atomics.store(words, NEXT, 0);
    this.#wake(workers);
    takeChunks(this.#control, this.#exports[kernel]!, 0);
    awaitZero(words);
  }

  /** Leaves the work to threads that have nothing else to do; `queue.settle` waits for it and helps. */
  enqueue({ kernel, args, rows, chunk, scratch }: Omit<Work, 'whole'> & { readonly chunk: number }): void {
    const most = Math.max(chunk, Math.ceil(rows / MAX_CHUNKS));
    this.#queue.add({ kernel: this.#numbers.get(kernel)!, args, rows, chunk: most, ...(scratch && { scratch }) });
    this.#wake(0);
  }

  /**
   * Ends the workers, asleep or not, after what is queued is done. Control block and queue stay theirs: one that is still
   * coming up may yet join there.
   */
  stop(): void {
    if (this.#workers.length === 0) return;
    this.#queue.settle();
    this.#control.words[KERNEL] = STOP;
    this.#wake(MAX_WORKERS);
    for (const worker of this.#workers) worker.stop();
    this.#workers = [];
    this.#failure = undefined;
    [this.#addresses, this.#control, this.#queue] = this.#newBlocks();
  }

  #newBlocks(): [Pick<WorkerData, 'control' | 'queue'>, Control, CallQueue] {
    const control = this.#memory.u8(CONTROL_BYTES).fill(0);
    const queue = this.#memory.u8(QUEUE_BYTES).fill(0);
    const kernels = kernelsByNumber(this.#exports);
    return [
      { control: control.byteOffset, queue: queue.byteOffset },
      controlAt(control.buffer, control.byteOffset),
      new CallQueue(queue.buffer, queue.byteOffset, kernels, 0),
    ];
  }

  #wake(workers: number): void {
    const { words } = this.#control;
    Atomics.store(words, RUNNING, workers);
    this.#generation = (this.#generation + 1) & 0x3ffffff;
    Atomics.store(words, TICKET, (this.#generation << 5) | workers);
    Atomics.notify(words, TICKET);
  }
}

function awaitZero(words: Int32Array): void {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(words, RUNNING) === 0) return;
  for (let left = Atomics.load(words, RUNNING); left !== 0; left = Atomics.load(words, RUNNING)) {
    Atomics.wait(words, RUNNING, left);
  }
}
