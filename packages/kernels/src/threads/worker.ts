import { builtin } from '../host.ts';
import { controlAt, type Exports, JOINED, kernelsByNumber, TICKET } from './control.ts';
import { CallQueue } from './queue.ts';

export interface WorkerData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Addresses. */
  readonly control: number;
  readonly urgent: number;
  readonly spare: number;
}

/** Looks at the ticket this often before going to sleep: some 20 µs, less than what waking costs. */
const LOOKS = 2_000;

/** Returns when the ticket is another than `seen`. */
function awaitTicket(words: Int32Array, seen: number): void {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(words, TICKET) !== seen) return;
  Atomics.wait(words, TICKET, seen);
}

/** Does what somebody waits for, then what is queued for spare time, chunk by chunk. */
function work({ module, memory, ...addresses }: WorkerData): void {
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
  const kernels = kernelsByNumber(exports);
  const words = controlAt(memory.buffer, addresses.control);
  const thread = Atomics.add(words, JOINED, 1) + 1;
  const urgent = new CallQueue(memory.buffer, addresses.urgent, kernels, thread);
  const spare = new CallQueue(memory.buffer, addresses.spare, kernels, thread);
  for (;;) {
    const ticket = Atomics.load(words, TICKET); // before looking for work, so that none is missed
    while (urgent.take() || spare.take());
    awaitTicket(words, ticket);
  }
}

const node = builtin('worker_threads');
if (node !== undefined) work(node.workerData as WorkerData);
else addEventListener('message', ({ data }: MessageEvent<WorkerData>) => work(data), { once: true });
