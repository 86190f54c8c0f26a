import type { Exports } from './control.ts';

/*
 * Calls of kernels that wait for a thread with nothing else to do. They are done one after the other, each cut into chunks
 * of rows that any thread may take:
 *
 *     claim   number of the open call × 1024 + how many of its chunks are taken
 *     queued  number that the next call will have
 *     done    chunks of the open call that are finished
 *
 * A chunk is taken by raising `claim` by one in a compare-and-swap. The call's number in it makes that fail where the call
 * was finished meanwhile and its place given to another. Whoever finishes the last chunk opens the next call.
 */
const CLAIM = 0;
const QUEUED = 1;
const DONE = 2;
const HEAD_WORDS = 4;

const CHUNK_BITS = 10;
const NUMBERS = 2 ** (32 - CHUNK_BITS);
export const MAX_CHUNKS = 512;

/** Calls that may wait at a time. */
const PLACES = 8;
const KERNEL = 0; // number of the export
const ROWS = 1;
const CHUNK = 2; // rows taken at a time
const CHUNKS = 3;
const ARGUMENTS = 4; // how many
const SCRATCH = 5; // address of the first thread's scratch, or 0
const SCRATCH_STRIDE = 6; // bytes from one thread's scratch to the next
const THREADS = 7; // those of lower numbers may take chunks
const PLACE_WORDS = 8;
const MAX_ARGUMENTS = 32;

const WORD_BYTES = (HEAD_WORDS + PLACES * PLACE_WORDS) * 4;
/** Bytes of a queue: its words, then the calls' arguments as float64. */
export const QUEUE_BYTES = Math.ceil(WORD_BYTES / 64) * 64 + PLACES * MAX_ARGUMENTS * 8;

/** Looks at a call that others finish before the waiting thread sleeps. */
const LOOKS = 20_000;

export interface QueuedCall {
  readonly kernel: number; // number of the export
  readonly args: readonly number[];
  readonly rows: number;
  readonly chunk: number; // rows; at most MAX_CHUNKS chunks
  /** Threads that may take part, the owner's included. */
  readonly threads: number;
  readonly scratch?: { readonly address: number; readonly stride: number };
}

/** One thread's side of the queue in the shared memory. Only the owner adds and settles; every thread takes. */
export class CallQueue {
  readonly #head: Int32Array;
  readonly #places: { readonly words: Int32Array; readonly args: Float64Array }[];
  readonly #kernels: readonly Exports[string][];
  /** Numbers this thread's scratch: 0 is the owner's. */
  readonly #thread: number;

  constructor(buffer: ArrayBufferLike, address: number, kernels: readonly Exports[string][], thread: number) {
    this.#head = new Int32Array(buffer, address, HEAD_WORDS);
    this.#places = Array.from({ length: PLACES }, (_, place) => ({
      words: new Int32Array(buffer, address + (HEAD_WORDS + place * PLACE_WORDS) * 4, PLACE_WORDS),
      args: new Float64Array(buffer, address + QUEUE_BYTES - (place + 1) * MAX_ARGUMENTS * 8, MAX_ARGUMENTS),
    }));
    this.#kernels = kernels;
    this.#thread = thread;
  }

  /** The number that the next call will have: calls below it are queued or done. */
  get mark(): number {
    return Atomics.load(this.#head, QUEUED);
  }

  get isEmpty(): boolean {
    return this.#open() === this.mark;
  }

  add({ kernel, args, rows, chunk, threads, scratch }: QueuedCall): void {
    const number = this.mark;
    this.settle(number - PLACES + 1);
    const place = this.#places[number % PLACES]!;
    place.args.set(args);
    place.words[KERNEL] = kernel;
    place.words[ROWS] = rows;
    place.words[CHUNK] = chunk;
    place.words[CHUNKS] = Math.ceil(rows / chunk);
    place.words[THREADS] = threads;
    place.words[ARGUMENTS] = args.length;
    place.words[SCRATCH] = scratch?.address ?? 0;
    place.words[SCRATCH_STRIDE] = scratch?.stride ?? 0;
    Atomics.store(this.#head, QUEUED, (number + 1) % NUMBERS);
  }

  /** Takes and does one chunk. @returns false where there is none to take, which is so too while others do the last ones */
  take(): boolean {
    const claim = Atomics.load(this.#head, CLAIM);
    const number = claim >>> CHUNK_BITS;
    if (number === this.mark) return false;
    const { words, args } = this.#places[number % PLACES]!;
    const taken = claim & (2 ** CHUNK_BITS - 1);
    if (taken >= words[CHUNKS]! || this.#thread >= words[THREADS]!) return false;
    const call = this.#kernels[words[KERNEL]!]!;
    const given = Array.from(args.subarray(0, words[ARGUMENTS]!));
    if (words[SCRATCH] !== 0) given.push((words[SCRATCH]! >>> 0) + this.#thread * words[SCRATCH_STRIDE]!);
    const start = taken * words[CHUNK]!;
    const end = Math.min(words[ROWS]!, start + words[CHUNK]!);
    if (Atomics.compareExchange(this.#head, CLAIM, claim, claim + 1) !== claim) return true;
    call(...given, start, end);
    if (Atomics.add(this.#head, DONE, 1) + 1 === words[CHUNKS]) this.#openNext(number);
    return true;
  }

  /** Waits until the calls below `mark` are done, and helps with them. */
  settle(mark = this.mark): void {
    while (!this.isEmpty && this.#before(mark)) if (!this.take()) this.#awaitOthers(mark);
  }

  /** Whether the open call's number is below `mark`: numbers begin again at 0, so by half a turn. */
  #before(mark: number): boolean {
    const ahead = (mark - this.#open() + NUMBERS) % NUMBERS;
    return ahead > 0 && ahead < NUMBERS / 2;
  }

  #open(): number {
    return Atomics.load(this.#head, CLAIM) >>> CHUNK_BITS;
  }

  #openNext(number: number): void {
    Atomics.store(this.#head, DONE, 0);
    Atomics.store(this.#head, CLAIM, (number + 1) << CHUNK_BITS);
    Atomics.notify(this.#head, CLAIM);
  }

  /** Returns when the open call has changed. */
  #awaitOthers(mark: number): void {
    const claim = Atomics.load(this.#head, CLAIM);
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(this.#head, CLAIM) !== claim) return;
    if (this.#before(mark) && Atomics.load(this.#head, CLAIM) === claim) Atomics.wait(this.#head, CLAIM, claim);
  }
}
