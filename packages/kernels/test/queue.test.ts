import { expect, test } from 'vitest';
import { CallQueue, QUEUE_BYTES } from '../src/threads/queue.ts';

const threads = 4;

type Kernel = (...args: number[]) => number;

/** A queue of a single kernel that notes its calls as `id: start-end`. */
function noting(buffer = new ArrayBuffer(QUEUE_BYTES), thread = 0) {
  const calls: string[] = [];
  const note: Kernel = (id, ...rest) => calls.push(`${id}: ${rest.join('-')}`);
  return { calls, buffer, queue: new CallQueue(buffer, 0, [note], thread) };
}

test('calls are done in order, in chunks of their rows', () => {
  const { calls, queue } = noting();
  queue.add({ kernel: 0, args: [1], rows: 5, chunk: 2, threads });
  queue.add({ kernel: 0, args: [2], rows: 3, chunk: 8, threads });
  expect(queue.isEmpty).toBe(false);
  expect(calls).toEqual([]);
  queue.settle();
  expect(calls).toEqual(['1: 0-2', '1: 2-4', '1: 4-5', '2: 0-3']);
  expect(queue.isEmpty).toBe(true);
  expect(queue.take()).toBe(false);
});

test('settle does what was queued before the mark, and leaves the rest', () => {
  const { calls, queue } = noting();
  queue.add({ kernel: 0, args: [1], rows: 1, chunk: 1, threads });
  const { mark } = queue;
  queue.add({ kernel: 0, args: [2], rows: 1, chunk: 1, threads });
  queue.settle(mark);
  expect(calls).toEqual(['1: 0-1']);
  queue.settle(mark);
  expect(calls).toHaveLength(1);
});

test('each thread has scratch of its own', () => {
  const { buffer, calls, queue } = noting();
  const other = noting(buffer, 3);
  queue.add({ kernel: 0, args: [1], rows: 2, chunk: 1, threads, scratch: { address: 2 ** 31 + 64, stride: 128 } });
  expect(other.queue.take()).toBe(true);
  queue.settle();
  expect([other.calls, calls]).toEqual([['1: 2147484096-0-1'], ['1: 2147483712-1-2']]);
});

test('a thread beyond those that may take part takes nothing', () => {
  const { buffer, calls, queue } = noting();
  queue.add({ kernel: 0, args: [1], rows: 2, chunk: 1, threads: 2 });
  expect(noting(buffer, 2).queue.take()).toBe(false);
  const second = noting(buffer, 1);
  expect(second.queue.take()).toBe(true);
  queue.settle();
  expect([second.calls, calls]).toEqual([['1: 0-1'], ['1: 1-2']]);
});

test('a full queue does its first call before it takes another', () => {
  const { calls, queue } = noting();
  for (let id = 0; id < 20; id++) queue.add({ kernel: 0, args: [id], rows: 1, chunk: 1, threads });
  expect(calls).toHaveLength(12);
  queue.settle();
  expect(calls).toEqual(Array.from({ length: 20 }, (_, id) => `${id}: 0-1`));
});

test('numbers of calls begin again at 0', () => {
  const { buffer, calls, queue } = noting();
  const last = 2 ** 22 - 2;
  new Int32Array(buffer).set([last << 10, last]);
  for (let id = 0; id < 5; id++) {
    queue.add({ kernel: 0, args: [id], rows: 1, chunk: 1, threads });
    if (id > 0) queue.settle(queue.mark);
  }
  expect(calls).toEqual([0, 1, 2, 3, 4].map((id) => `${id}: 0-1`));
  expect(queue.mark).toBe(3);
});

test('a thread that was held up does not do a chunk of another call in its place', () => {
  const { buffer, calls, queue } = noting();
  const late: string[] = [];
  let held = true;
  // Between reading the call and taking its chunk, the others finish it and its place is given away eight calls later.
  const kernels = new Proxy([(...args: number[]) => late.push(args.join())], {
    get(target, key) {
      if (held) {
        held = false;
        queue.settle();
        for (let id = 1; id <= 8; id++) queue.add({ kernel: 0, args: [id], rows: 4, chunk: 1, threads });
        queue.settle(queue.mark - 1);
      }
      return Reflect.get(target, key);
    },
  });
  queue.add({ kernel: 0, args: [0], rows: 4, chunk: 1, threads });
  expect(new CallQueue(buffer, 0, kernels, 1).take()).toBe(true);
  expect(late).toEqual([]);
  queue.settle();
  expect(calls).toHaveLength(9 * 4);
  expect(new Set(calls).size).toBe(9 * 4);
});
