import { expect, it } from 'vitest';
import { philox4x32, Random, randomU32 } from '../src/index.ts';
import { LENGTHS, onEveryBuild } from './support.ts';

const hex = (words: readonly number[]): string[] => words.map((word) => word.toString(16).padStart(8, '0'));

// Random123's known-answer vectors for philox4x32-10 (kat_vectors).
it('gives the known answers of Random123', () => {
  const ones = 0xffffffff;
  expect(hex(philox4x32([0, 0, 0, 0], [0, 0]))).toEqual(['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']);
  expect(hex(philox4x32([ones, ones, ones, ones], [ones, ones]))).toEqual([
    '408f276d',
    '41c83b0e',
    'a20bc7c6',
    '6d5451fd',
  ]);
  expect(hex(philox4x32([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]))).toEqual([
    'd16cfe09',
    '94fdcceb',
    '5001e420',
    '24126ea1',
  ]);
});

it('refuses counters out of range', () => {
  expect(() => randomU32({ seed: -1 }, 0)).toThrow('[kernels] expected a whole seed in [0, 9007199254740992), got -1');
  expect(() => randomU32({ seed: 1n << 64n }, 0)).toThrow('expected a seed in [0, 2⁶⁴)');
  expect(() => randomU32({ seed: 1, stream: 65_536 }, 0)).toThrow('expected a whole stream in [0, 65536), got 65536');
  expect(() => randomU32({ seed: 1, step: 1.5 }, 0)).toThrow('expected a whole step');
});

it('reads a counter from its words: key is the seed, counter (index, step, epoch, stream)', () => {
  const at = { seed: (0x299f31d0n << 32n) | 0xa4093822n, step: 0x85a308d3, epoch: 0x13198a2e, stream: 0x7344 };
  const block = philox4x32([5, 0x85a308d3, 0x13198a2e, 0x7344], [0xa4093822, 0x299f31d0]);
  expect([20, 21, 22, 23].map((index) => randomU32(at, index))).toEqual([...block]);
});

onEveryBuild('generator', (k) => {
  it('writes the same bits in WebAssembly and in TypeScript', () => {
    const at = { seed: 0xfedcba9876543210n, stream: 9, epoch: 3, step: 77 };
    for (const length of [...LENGTHS, 2051]) {
      const out = k.memory.u32(length);
      k.fillBits({ at, out });
      out.forEach((word, index) => {
        if (word !== randomU32(at, index)) expect(word).toBe(randomU32(at, index));
      });
      k.memory.free(out);
    }
  });

  it('draws the numbers that Random draws', () => {
    const at = { seed: 5, step: 2 };
    const uniform = k.memory.f32(1030);
    k.fillUniform({ at, out: uniform });
    const random = new Random(at);
    expect([...uniform]).toEqual(Array.from(uniform, () => random.float()));

    const integers = k.memory.i32(4099);
    const bound = 3 * 2 ** 29; // a quarter of the words is refused
    k.fillIntegers({ at, out: integers, bound });
    const again = new Random(at);
    expect([...integers]).toEqual(Array.from(integers, () => again.int(bound)));

    const normal = k.memory.f32(7);
    k.fillNormal({ at, out: normal });
    expect(normal[0]).toBeCloseTo(new Random(at).normal(), 6);
  });

  it('shuffles as Random does', () => {
    for (const length of [...LENGTHS, 3000]) {
      const out = k.memory.i32(length);
      k.permutation({ at: { seed: 8, epoch: 4 }, out });
      expect([...out]).toEqual([...new Random({ seed: 8, epoch: 4 }).permutation(length)]);
      expect([...out].sort((a, b) => a - b)).toEqual(Array.from(out, (_, index) => index));
    }
  });
});
