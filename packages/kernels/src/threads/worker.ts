import { workerData } from 'node:worker_threads';
import { controlAt, type Exports, JOINED, KERNEL, kernelNames, RUNNING, STOP, TICKET, takeChunks } from './control.ts';

export interface WorkerData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: number; // address
}

/** Looks at the ticket this often before going to sleep: some 20 µs, less than what waking costs. */
const LOOKS = 2_000;

function awaitTicket(words: Int32Array, seen: number): number {
  for (let look = 0; look < LOOKS; look++) {
    const ticket = Atomics.load(words, TICKET);
    if (ticket !== seen) return ticket;
  }
  Atomics.wait(words, TICKET, seen);
  return Atomics.load(words, TICKET);
}

function work({ module, memory, control: address }: WorkerData): void {
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
  const names = kernelNames(exports);
  const control = controlAt(memory.buffer, address);
  const { words } = control;
  let seen = Atomics.load(words, TICKET);
  const number = Atomics.add(words, JOINED, 1);
  for (;;) {
    const ticket = awaitTicket(words, seen);
    if (ticket === seen) continue;
    seen = ticket;
    if (number >= (ticket & 31)) continue; // joined after the work was handed out
    if (words[KERNEL] === STOP) return;
    takeChunks(control, exports[names[words[KERNEL]!]!]!, number + 1);
    if (Atomics.sub(words, RUNNING, 1) === 1) Atomics.notify(words, RUNNING);
  }
}

work(workerData as WorkerData);
