import { afterAll, describe, expect, test } from 'vitest';
import { createKernels, type Kernels } from '../src/index.ts';
import { builds } from './support.ts';
import { work } from './work.ts';

const instances: Kernels[] = [];
async function withThreads(build: Kernels['build'], threads: number): Promise<Kernels> {
  const k = createKernels({ build });
  k.engine.threads = threads;
  await k.engine.ready();
  instances.push(k);
  return k;
}
afterAll(() => {
  for (const k of instances) k.engine.threads = 1;
});

describe.each(builds)('threads (%s)', (build) => {
  test('1, 2 and 4 give the same bits', async () => {
    const one = work(await withThreads(build, 1));
    for (const threads of [2, 4]) {
      const k = await withThreads(build, threads);
      for (let round = 0; round < 3; round++) expect(Buffer.compare(bytes(work(k)), bytes(one))).toBe(0);
    }
  });

  test.each([2 ** 31 - 2 ** 22, 2 ** 31, 3 * 2 ** 30])('beyond address %i the bits are the same', async (below) => {
    const one = work(await withThreads(build, 1));
    const k = await withThreads(build, 2);
    const untouched = k.memory.u8(below); // never written, so that it takes no room but addresses
    expect(Buffer.compare(bytes(work(k)), bytes(one))).toBe(0);
    expect(k.memory.f32(1).byteOffset).toBeGreaterThan(below);
    k.memory.free(untouched);
  });
});

const bytes = (x: Float32Array): Buffer => Buffer.from(x.buffer, x.byteOffset, x.byteLength);

test('threads that come up while work goes on join it, and going back to one leaves them asleep', async () => {
  const k = createKernels({ build: 'simd' });
  const one = work(k);
  k.engine.threads = 3;
  for (let round = 0; round < 6; round++) {
    expect(Buffer.compare(bytes(work(k)), bytes(one))).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  k.engine.threads = 1;
  expect(Buffer.compare(bytes(work(k)), bytes(one))).toBe(0);
  k.engine.threads = 2;
  await k.engine.ready();
  expect(Buffer.compare(bytes(work(k)), bytes(one))).toBe(0);
  k.engine.threads = 1;
});

test('a number of threads that is none is refused', () => {
  const k = createKernels({ build: 'simd' });
  expect(() => {
    k.engine.threads = 0;
  }).toThrow('[kernels] expected threads ≥ 1, got 0; pass a whole number');
});
