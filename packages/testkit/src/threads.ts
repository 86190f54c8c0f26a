import { kernels } from '@losslab/kernels';
import { ensureSame } from './assert.ts';
import type { Check } from './check.ts';

const COUNTS = [1, 2, 4];

/** Runs `body` on `threads` threads of `simd`'s kernels, which share even the smallest piece of work that can be cut. */
export async function onThreads<T>(threads: number, body: () => T | Promise<T>): Promise<T> {
  const { engine } = kernels();
  const { threads: usual, worth } = engine;
  engine.threads = threads;
  engine.worth = 1;
  await engine.ready();
  try {
    return await body();
  } finally {
    engine.threads = usual;
    engine.worth = worth;
  }
}

/** Asks that `numbers` come out alike however many threads there are. */
export function threadsCheck(numbers: () => ArrayLike<number> | Promise<ArrayLike<number>>): Check {
  return {
    name: 'gives the same bits on 1, 2 and 4 threads',
    async run() {
      const [one, ...others] = COUNTS;
      const expected = await onThreads(one!, numbers);
      for (const threads of others) ensureSame(`on ${threads} threads`, await onThreads(threads, numbers), expected);
    },
  };
}
