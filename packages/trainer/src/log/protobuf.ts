/*
 * As much of the protocol-buffer wire format as event files need: a field is its number and wire type in one varint, then
 * a varint (0), eight bytes (1), a length and bytes (2), or four bytes (5).
 */

/** A message, or a part of one, as bytes. */
export type Bytes = readonly number[];

/** A whole number of at least 0. */
export function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}

export function varintField(field: number, value: number): Bytes {
  return value === 0 ? [] : [...varint(field * 8), ...varint(value)];
}

export function bytesField(field: number, bytes: Bytes): Bytes {
  return [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
}

export function textField(field: number, text: string): Bytes {
  return bytesField(field, Array.from(new TextEncoder().encode(text)));
}

export function doubleField(field: number, value: number): Bytes {
  return [...varint(field * 8 + 1), ...new Uint8Array(Float64Array.of(value).buffer)];
}

export function floatField(field: number, value: number): Bytes {
  return [...varint(field * 8 + 5), ...new Uint8Array(Float32Array.of(value).buffer)];
}

/** A field of a message that is read: varints as numbers, all else as bytes. */
export interface Field {
  readonly field: number;
  readonly value: number | Uint8Array;
}

/** The fields of a message, in the order in which they are written. Stops at what it does not understand. */
export function* readFields(message: Uint8Array): Generator<Field> {
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let scale = 1; at < message.length; scale *= 0x80) {
      const byte = message[at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < message.length) {
    const key = readVarint();
    const [field, type] = [Math.floor(key / 8), key % 8];
    if (type === 0) yield { field, value: readVarint() };
    else {
      const length = type === 2 ? readVarint() : { 1: 8, 5: 4 }[type];
      if (length === undefined) return;
      yield { field, value: message.subarray(at, at + length) };
      at += length;
    }
  }
}
