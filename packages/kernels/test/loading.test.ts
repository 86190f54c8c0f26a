import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createKernels, KernelMemory, kernels, loadKernels } from '../src/index.ts';

const moduleOf = (build: string): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL(`../dist/kernels.${build}.wasm`, import.meta.url)));
const namesOf = (build: string): string[] => WebAssembly.Module.exports(moduleOf(build)).map(({ name }) => name);

describe('loading', () => {
  it('takes the relaxed build where the host runs it, and is the same everywhere in a process', async () => {
    const k = kernels();
    expect(k.build).toBe('relaxed');
    expect(kernels()).toBe(k);
    expect(await loadKernels()).toBe(k);
    expect(await loadKernels({ build: 'relaxed' })).toBe(k);
    await expect(loadKernels({ build: 'simd' })).rejects.toThrow(
      '[kernels] expected the simd build, got relaxed, loaded before; call loadKernels first',
    );
  });

  it('makes instances of their own, also over one memory', () => {
    const memory = new KernelMemory();
    const [a, b] = [createKernels({ build: 'simd', memory }), createKernels({ build: 'relaxed', memory })];
    expect([a.build, b.build]).toEqual(['simd', 'relaxed']);
    const x = memory.f32(4).fill(2);
    a.unary('square', { x, out: x });
    b.unary('square', { x, out: x });
    expect([...x]).toEqual([16, 16, 16, 16]);
    expect(a.memory).not.toBe(kernels().memory);
  });

  it('has one set of names in both builds, and only the relaxed one fuses', () => {
    expect(namesOf('relaxed')).toEqual(namesOf('simd'));
    const k = (build: 'simd' | 'relaxed') => createKernels({ build });
    // 1 + 2⁻¹² squared is 1 + 2⁻¹¹ + 2⁻²⁴: the last term survives only where nothing is rounded in between.
    const x = 1 + 2 ** -12;
    const dot = (build: 'simd' | 'relaxed'): number => {
      const { memory, pairDot } = k(build);
      const [left, right, out] = [
        memory.copyOf(Float32Array.of(-(1 + 2 ** -11), 0, 0, 0, x)),
        memory.f32(5),
        memory.f32(1),
      ];
      right.set([1, 0, 0, 0, x]);
      pairDot({ left, right, rightRows: memory.copyOf(Int32Array.of(0)), columns: 1, dim: 5, out });
      return out[0]!;
    };
    expect(dot('simd')).toBe(0);
    expect(dot('relaxed')).toBe(2 ** -24);
  });
});
