import { LosslabError, type NamedArray, type NamedArrays } from '@losslab/core';

/*
 * The safetensors format (https://github.com/huggingface/safetensors), little-endian:
 *
 *   u64 length of the header │ header, JSON padded with spaces │ arrays, one after the other, row-major
 *   { "__metadata__": { text: text }, "user/embedding": { "dtype": "F32", "shape": [943, 64], "data_offsets": [0, 241408] } }
 *
 * Arrays are written widest type first, so that each starts at a multiple of its element's size.
 */

const types = { F32: Float32Array, F64: Float64Array, I32: Int32Array } as const;
type Dtype = keyof typeof types;

interface Entry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

export interface Safetensors {
  readonly arrays: NamedArrays;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of a safetensors file, in pieces to be written one after the other; the arrays are not copied. */
export function encodeSafetensors(arrays: NamedArrays, metadata: Readonly<Record<string, string>> = {}): Uint8Array[] {
  const order = Object.entries(arrays).sort(
    ([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT, // stable
  );
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let offset = 0;
  for (const [name, { shape, data }] of order) {
    header[name] = { dtype: dtypeOf(data), shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = new Uint8Array(8 + Math.ceil(json.length / 8) * 8).fill(0x20);
  new DataView(start.buffer).setBigUint64(0, BigInt(start.length - 8), true);
  start.set(json, 8);
  return [start, ...order.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))];
}

/**
 * Reads the bytes of a safetensors file; the arrays are copies.
 * @param where the file, for messages.
 * @throws LosslabError `bad-run` where the bytes are not safetensors, are cut short, or hold other than F32, F64, I32.
 */
export function decodeSafetensors(bytes: Uint8Array, where: string): Safetensors {
  const { __metadata__, ...entries } = readHeader(bytes, where);
  const body = bytes.subarray(8 + headerLength(bytes));
  const sizes = Object.values(entries).map((entry) => (entry as Entry)?.data_offsets?.[1] ?? 0);
  const size = Math.max(0, ...sizes);
  if (body.length !== size) throw broken(where, `${size} bytes of arrays`, `${body.length}`);
  const arrays: Record<string, NamedArray> = {};
  for (const [name, entry] of Object.entries(entries)) arrays[name] = readArray(name, entry as Entry, body, where);
  return { arrays, metadata: (__metadata__ ?? {}) as Record<string, string> };
}

function readHeader(bytes: Uint8Array, where: string): Record<string, unknown> {
  const length = headerLength(bytes);
  if (length > bytes.length - 8) throw broken(where, `a header of ${length} bytes`, `${bytes.length} bytes in all`);
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    if (typeof header === 'object' && header !== null) return header as Record<string, unknown>;
  } catch {}
  throw broken(where, 'a safetensors header', 'something else');
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < 8) return Number.POSITIVE_INFINITY;
  return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
}

function readArray(name: string, entry: Entry, body: Uint8Array, where: string): NamedArray {
  const type = types[entry?.dtype];
  const [start, end] = entry?.data_offsets ?? [];
  const length = entry?.shape?.reduce((product, n) => product * n, 1);
  if (type === undefined || !(start! >= 0) || end! - start! !== length * type.BYTES_PER_ELEMENT) {
    throw broken(where, `array ${name} as F32, F64 or I32 with its shape`, JSON.stringify(entry));
  }
  return { shape: entry.shape, data: new type(copyOf(body, start!, end!)) };
}

// Buffer's own slice is a view.
function copyOf(bytes: Uint8Array, start: number, end: number): ArrayBuffer {
  return Uint8Array.prototype.slice.call(bytes, start, end).buffer as ArrayBuffer;
}

function dtypeOf(data: NamedArray['data']): Dtype {
  if (data instanceof Float32Array) return 'F32';
  return data instanceof Float64Array ? 'F64' : 'I32';
}

function broken(where: string, expected: string, got: string): LosslabError {
  return new LosslabError(
    'bad-run',
    `[trainer] expected ${expected} in ${where}, got ${got}; the file is cut short or not ours`,
    {
      where,
    },
  );
}
