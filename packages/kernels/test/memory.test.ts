import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKernels, KernelMemory, type View } from '../src/index.ts';

describe('memory', () => {
  it('aligns blocks to 64 bytes and never hands out address 0', () => {
    const memory = new KernelMemory();
    for (const length of [0, 1, 15, 16, 17, 1000]) {
      const view = memory.f32(length);
      expect(view.byteOffset % 64).toBe(0);
      expect(view.byteOffset).toBeGreaterThan(0);
      expect(view.length).toBe(length);
    }
  });

  it('uses a freed block again', () => {
    const memory = new KernelMemory();
    const first = memory.f32(1000);
    memory.free(first);
    expect(memory.f32(1000).byteOffset).toBe(first.byteOffset);
  });

  it('joins freed neighbours', () => {
    const memory = new KernelMemory();
    const views = [memory.u8(64), memory.u8(64), memory.u8(64)];
    memory.u8(64);
    for (const index of [0, 2, 1]) memory.free(views[index]!);
    expect(memory.u8(192).byteOffset).toBe(views[0]!.byteOffset);
  });

  it('keeps old views valid when it grows', () => {
    const memory = new KernelMemory();
    const small = memory.i32(4);
    small.set([1, 2, 3, 4]);
    const before = memory.buffer;
    const large = memory.f32(8 * 2 ** 20);
    expect(memory.buffer).not.toBe(before);
    small[0] = 7;
    expect([...new Int32Array(memory.buffer, small.byteOffset, 4)]).toEqual([7, 2, 3, 4]);
    expect(memory.owns(small) && memory.owns(large)).toBe(true);
    memory.free(small);
    expect(memory.owns(new Float32Array(1))).toBe(false);
  });

  it('refuses views that are not blocks, and a second free', () => {
    const memory = new KernelMemory();
    const view = memory.f32(16);
    memory.free(view);
    expect(() => memory.free(view)).toThrow(
      `[kernels] expected a view that this memory handed out, got one at byte ${view.byteOffset}; free each view once`,
    );
    expect(() => memory.free(new Float32Array(1))).toThrow('expected a view that this memory handed out');
    expect(() => memory.f32(-1)).toThrow('[kernels] expected a length ≥ 0, got -1; pass a whole number of elements');
  });

  it('says how much was needed where there is no room', () => {
    const memory = new KernelMemory();
    memory.f32(100);
    const tooMuch = (): View => memory.f32(2 ** 30);
    expect(tooMuch).toThrow(
      expect.objectContaining({
        code: 'out-of-memory',
        message: expect.stringMatching(
          /^\[kernels\] expected room for 4096.0 MiB, got none: .* the limit is 4096 MiB; lower the batch size/,
        ),
      }),
    );
    expect(memory.f32(100).length).toBe(100);
  });

  it('copies', () => {
    const memory = new KernelMemory();
    const copy = memory.copyOf(Int32Array.of(3, 1, 2));
    expect(copy).toBeInstanceOf(Int32Array);
    expect([...copy]).toEqual([3, 1, 2]);
  });

  it('never lets blocks overlap, counts them, and gives everything back', () => {
    const command = fc.record({ free: fc.boolean(), which: fc.nat(), bytes: fc.nat(100_000) });
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
        const memory = new KernelMemory();
        const live: Uint8Array[] = [];
        for (const { free, which, bytes } of commands) {
          if (free && live.length > 0) memory.free(live.splice(which % live.length, 1)[0]!);
          else live.push(memory.u8(bytes));
        }
        const inOrder = [...live].sort((a, b) => a.byteOffset - b.byteOffset);
        inOrder.slice(1).forEach((view, index) => {
          const before = inOrder[index]!;
          expect(view.byteOffset).toBeGreaterThanOrEqual(before.byteOffset + Math.max(1, before.length));
        });
        expect(memory.usage.blocks).toBe(live.length);
        const atLeast = live.reduce((sum, view) => sum + view.length, 0);
        expect(memory.usage.allocated).toBeGreaterThanOrEqual(atLeast);
        expect(memory.usage.allocated).toBeLessThanOrEqual(atLeast + 64 * live.length);
        for (const view of live) memory.free(view);
        expect(memory.usage).toMatchObject({ allocated: 0, blocks: 0 });
        expect(memory.u8(memory.usage.reserved - 65_536).length).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });

  it('reaches addresses above 2 GiB', () => {
    const k = createKernels({ build: 'simd' });
    const low = k.memory.u8(2 ** 31 + 2 ** 20); // reserved, never touched
    const x = k.memory.f32(5);
    expect(x.byteOffset).toBeGreaterThan(2 ** 31);
    x.set([1, 2, 3, 4, 5]);
    const out = k.memory.f32(5);
    k.binary('add', { left: x, right: x, out });
    expect([...out]).toEqual([2, 4, 6, 8, 10]);
    const ids = k.memory.copyOf(Int32Array.of(2, 0));
    const rows = k.memory.f32(2);
    k.gatherRows({ table: x, dim: 1, ids, out: rows });
    expect([...rows]).toEqual([3, 1]);
    k.memory.free(low);
  });
});
