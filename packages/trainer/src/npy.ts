import { LosslabError, type NamedArray } from '@losslab/core';

/*
 * NumPy's array format 1.0 (numpy.lib.format), little-endian, row-major. No kept npm package writes it without bringing an HTTP
 * client along.
 *
 *   \x93NUMPY 1 0 │ u16 length of the header │ header, padded with spaces to 64 bytes in all, "\n" │ values
 *   {'descr': '<f4', 'fortran_order': False, 'shape': (943, 64), }
 */

const types = { '<f4': Float32Array, '<f8': Float64Array, '<i4': Int32Array } as const;
const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0);
const start = magic.length + 2;

/** The bytes of an `.npy` file, in pieces to be written one after the other; the values are not copied. */
export function encodeNpy({ shape, data }: NamedArray): Uint8Array[] {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '${descriptionOf(data)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((start + header.length + 1) / 64) * 64 - start;
  const bytes = new Uint8Array(start + length);
  bytes.set(magic);
  new DataView(bytes.buffer).setUint16(magic.length, length, true);
  bytes.set(new TextEncoder().encode(`${header.padEnd(length - 1)}\n`), start);
  return [bytes, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)];
}

/**
 * Reads the bytes of an `.npy` file; the values are a copy.
 * @param where the file, for messages
 * @throws LosslabError `bad-data` where the bytes are no such file, are cut short, or hold other than float32, float64, int32
 *   in rows.
 */
export function decodeNpy(bytes: Uint8Array, where: string): NamedArray {
  if (!magic.subarray(0, 6).every((byte, at) => bytes[at] === byte)) throw broken(where, 'an .npy file', 'another');
  const isLong = bytes[6]! > 1; // versions 2 and 3 have four bytes of length
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = 8 + (isLong ? 4 : 2);
  if (bytes.length < first) throw broken(where, 'a header', `${bytes.length} bytes in all`);
  const end = first + (isLong ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder().decode(bytes.subarray(first, end));
  const [, descr = '', order, sizes] =
    /^\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \(([\d, ]*)\)/.exec(header) ?? [];
  const type = types[descr as keyof typeof types];
  if (type === undefined || order !== 'False')
    throw broken(where, '<f4, <f8 or <i4 in rows', header.trim() || 'nothing');
  const shape = sizes!
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
  const size = shape.reduce((product, n) => product * n, 1) * type.BYTES_PER_ELEMENT;
  if (bytes.length - end !== size) throw broken(where, `${size} bytes of values`, `${bytes.length - end}`);
  return { shape, data: new type(Uint8Array.from(bytes.subarray(end)).buffer) };
}

function descriptionOf(data: NamedArray['data']): keyof typeof types {
  if (data instanceof Float32Array) return '<f4';
  return data instanceof Float64Array ? '<f8' : '<i4';
}

function broken(where: string, expected: string, got: string): LosslabError {
  const message = `[trainer] expected ${expected} in ${where}, got ${got}; the file is cut short or another`;
  return new LosslabError('bad-data', message, { where });
}
