import type { NamedArrays } from '@losslab/core';
import { decodeSafetensors, encodeSafetensors } from '@losslab/trainer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const whole = (pieces: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(pieces));

const arrays: NamedArrays = {
  'user/rows': { shape: [2, 3], data: Float32Array.of(1, -0, Number.NaN, 1e-45, Infinity, 3) },
  clock: { shape: [], data: Int32Array.of(7) },
  sums: { shape: [2], data: Float64Array.of(Math.PI, -1e300) },
  empty: { shape: [0, 4], data: new Float32Array(0) },
};

describe('safetensors', () => {
  test('has the layout of the format: length, JSON, raw little-endian arrays', () => {
    const bytes = whole(encodeSafetensors({ x: { shape: [2], data: Float32Array.of(1, 2) } }, { made: 'here' }));
    const view = new DataView(bytes.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect((8 + length) % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      __metadata__: { made: 'here' },
      x: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
    });
    expect([view.getFloat32(8 + length, true), view.getFloat32(12 + length, true)]).toEqual([1, 2]);
    expect(bytes.length).toBe(8 + length + 8);
  });

  test('gives every bit back, and metadata', () => {
    const { arrays: back, metadata } = decodeSafetensors(whole(encodeSafetensors(arrays, { a: 'ü' })), 'x');
    expect(back).toEqual(arrays);
    expect(Object.is((back['user/rows']!.data as Float32Array)[1], -0)).toBe(true);
    expect(metadata).toEqual({ a: 'ü' });
  });

  test('aligns each array to its element size', () => {
    const bytes = whole(encodeSafetensors(arrays));
    const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
    for (const [name, { data }] of Object.entries(arrays)) {
      expect((start + header[name].data_offsets[0]) % data.BYTES_PER_ELEMENT).toBe(0);
    }
  });

  test('reads from any offset in a larger buffer', () => {
    const bytes = whole(encodeSafetensors(arrays));
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    expect(decodeSafetensors(shifted, 'x').arrays).toEqual(arrays);
  });

  test('copies out of a Buffer, whose slices are views', () => {
    const bytes = Buffer.concat(encodeSafetensors(arrays));
    const { arrays: back } = decodeSafetensors(bytes, 'x');
    bytes.fill(0);
    expect(back).toEqual(arrays);
  });

  test('refuses every file cut short', () => {
    const bytes = whole(encodeSafetensors(arrays));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(() => decodeSafetensors(bytes.subarray(0, length), 'w.safetensors')).toThrow(
          /^\[trainer\] expected .* in w\.safetensors, got .*; the file is cut short or not ours$/,
        );
      }),
    );
  });

  test.each([
    ['a type that it does not know', { x: { dtype: 'BF16', shape: [1], data_offsets: [0, 2] } }, 2],
    ['a shape that does not fit', { x: { dtype: 'F32', shape: [3], data_offsets: [0, 8] } }, 8],
    ['an entry that is none', { x: null }, 0],
    ['a header that is none', null, 0],
  ])('refuses %s', (_, header, size) => {
    const json = new TextEncoder().encode(JSON.stringify(header));
    const bytes = new Uint8Array(8 + json.length + size);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
    bytes.set(json, 8);
    expect(() => decodeSafetensors(bytes, 'x')).toThrow(/^\[trainer\] expected .* in x, got /);
  });
});
