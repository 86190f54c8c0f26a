import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createKernels, KernelMemory, type Kernels } from '../src/index.ts';
import { withUnsharedMemory } from '../src/unshared.ts';
import { bits, builds, uniforms } from './support.ts';

const PAGES = 256; // 16 MiB
const unshared = (): KernelMemory => new KernelMemory(new WebAssembly.Memory({ initial: PAGES, maximum: PAGES }));

/** Products, a reduction, an update, a draw. */
function work(k: Kernels): Uint8Array {
  const [m, depth, n] = [33, 20, 41];
  const [a, b] = [k.memory.copyOf(uniforms(m * depth, 1)), k.memory.copyOf(uniforms(depth * n, 2))];
  const out = k.memory.f32(m * n);
  k.matmul({ a, b, m, k: depth, n, out });
  const lse = k.memory.f32(m);
  k.reduceRows('logSumExp', { x: out, columns: n, out: lse });
  const drawn = k.memory.i32(64);
  k.background.sampleNegatives({ at: { seed: 3 }, columns: 8, items: 50, out: drawn });
  k.background.settle();
  return Uint8Array.from([...bits(out), ...bits(lse), ...bits(drawn)]);
}

describe.each(builds)('a memory that is not shared (%s)', (build) => {
  it('gives the bits of one that is', () => {
    const memory = unshared();
    expect([memory.isShared, new KernelMemory().isShared]).toEqual([false, true]);
    expect(work(createKernels({ build, memory }))).toEqual(work(createKernels({ build })));
  });

  it('stays on one thread, since no other could see it', () => {
    const k = createKernels({ build, memory: unshared() });
    k.engine.threads = 4;
    expect([k.engine.threads, k.engine.joined]).toEqual([1, 1]);
  });
});

it('does not grow, and says so: growth would detach the views that are out', () => {
  const memory = unshared();
  const view = memory.f32(4).fill(7);
  expect(() => memory.u8(PAGES * 65_536)).toThrow(
    /^\[kernels\] expected room for 16\.0 MiB, got none: .* this memory cannot grow \(it can in pages that are cross-origin isolated\); lower/,
  );
  expect([...view]).toEqual([7, 7, 7, 7]);
});

it('one byte of a module says what memory it wants', () => {
  const module = new Uint8Array(readFileSync(new URL('../dist/kernels.simd.wasm', import.meta.url)));
  const changed = withUnsharedMemory(module);
  expect(changed.filter((byte, at) => byte !== module[at])).toEqual(Uint8Array.of(1));
  expect(() => withUnsharedMemory(changed)).toThrow(
    '[kernels] expected a module that imports a shared memory, got one with limits of kind 1; build it again',
  );
});
