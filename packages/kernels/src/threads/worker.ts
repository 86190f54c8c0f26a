import { builtin } from '../host.ts';
import {
  controlAt,
  type Exports,
  JOINED,
  KERNEL,
  kernelsByNumber,
  RUNNING,
  STOP,
  TICKET,
  takeChunks,
} from './control.ts';
import { CallQueue } from './queue.ts';

export interface WorkerData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: number; // address
  readonly queue: number; // address
}

/** Looks at the ticket this often before going to sleep: some 20 µs, less than what waking costs. */
const LOOKS = 2_000;

/** Until a ticket comes, does what is queued; then looks for a while, then sleeps. What is queued comes with a ticket. */
function awaitTicket(words: Int32Array, seen: number, queue: CallQueue): number {
  while (Atomics.load(words, TICKET) === seen && queue.take());
  for (let look = 0; look < LOOKS; look++) {
    const ticket = Atomics.load(words, TICKET);
    if (ticket !== seen) return ticket;
  }
  Atomics.wait(words, TICKET, seen);
  return Atomics.load(words, TICKET);
}

function work({ module, memory, control: address, queue: queueAddress }: WorkerData): void {
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
  const kernels = kernelsByNumber(exports);
  const control = controlAt(memory.buffer, address);
  const { words } = control;
  let seen = Atomics.load(words, TICKET);
  const number = Atomics.add(words, JOINED, 1);
  const queue = new CallQueue(memory.buffer, queueAddress, kernels, number + 1);
  for (;;) {
    const ticket = awaitTicket(words, seen, queue);
    if (ticket === seen) continue;
    seen = ticket;
    if (number >= (ticket & 31)) continue; // not for this thread: it joined later, or something was queued
    if (words[KERNEL] === STOP) return;
    takeChunks(control, kernels[words[KERNEL]!]!, number + 1);
    if (Atomics.sub(words, RUNNING, 1) === 1) Atomics.notify(words, RUNNING);
  }
}

const node = builtin('worker_threads');
if (node !== undefined) work(node.workerData as WorkerData);
else addEventListener('message', ({ data }: MessageEvent<WorkerData>) => work(data), { once: true });
