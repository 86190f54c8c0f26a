/*
 * A reader of TensorBoard's event files that shares nothing with the writer: bitwise CRC, fields by their numbers as
 * tensorboard/compat/proto/*.proto has them. Throws at the first byte that is not as it should be.
 */

export interface ScalarPoint {
  readonly tag: string;
  readonly step: number;
  readonly value: number;
  readonly time: number;
}

export interface EventFile {
  readonly version: string;
  readonly scalars: readonly ScalarPoint[];
  readonly texts: Readonly<Record<string, string>>;
}

/** CRC-32C bit by bit, by the definition. */
export function bitwiseCrc32c(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const low = (crc ^ (byte >> bit)) & 1;
      crc = low === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    }
  }
  return ~crc >>> 0;
}

function checked(bytes: Buffer, masked: number): Buffer {
  const rotated = (masked - 0xa282ead8 + 2 ** 32) % 2 ** 32;
  const crc = ((rotated << 15) | (rotated >>> 17)) >>> 0;
  if (crc !== bitwiseCrc32c(bytes)) throw new Error(`bad checksum of ${bytes.length} bytes`);
  return bytes;
}

type Fields = Map<number, (bigint | Buffer)[]>;

function parse(message: Buffer): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at++);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = Number(varint());
    const length = { 1: 8, 2: -1, 5: 4 }[key & 7];
    if ((key & 7) !== 0 && length === undefined) throw new Error(`wire type ${key & 7}`);
    let value: bigint | Buffer;
    if (length === undefined) value = varint();
    else {
      const size = length === -1 ? Number(varint()) : length;
      if (at + size > message.length) throw new Error('a field beyond its message');
      value = message.subarray(at, at + size);
      at += size;
    }
    fields.set(key >> 3, [...(fields.get(key >> 3) ?? []), value]);
  }
  return fields;
}

const buffers = (fields: Fields, field: number): Buffer[] => (fields.get(field) ?? []) as Buffer[];

export function readEventFile(file: Buffer): EventFile {
  let version = '';
  const scalars: ScalarPoint[] = [];
  const texts: Record<string, string> = {};
  for (let at = 0; at < file.length; ) {
    const length = Number(checked(file.subarray(at, at + 8), file.readUInt32LE(at + 8)).readBigUInt64LE());
    const data = checked(file.subarray(at + 12, at + 12 + length), file.readUInt32LE(at + 12 + length));
    at += 16 + length;
    const event = parse(data);
    const time = buffers(event, 1)[0]!.readDoubleLE();
    const step = Number((event.get(2)?.[0] as bigint | undefined) ?? 0n);
    version += buffers(event, 3).join('');
    for (const value of buffers(event, 5).flatMap((summary) => buffers(parse(summary), 1))) {
      const fields = parse(value);
      const tag = String(buffers(fields, 1)[0]);
      const [simple] = buffers(fields, 2);
      if (simple !== undefined) scalars.push({ tag, step, value: simple.readFloatLE(), time });
      const [tensor, metadata] = [buffers(fields, 8)[0], buffers(fields, 9)[0]];
      if (tensor === undefined) continue;
      const plugin = String(buffers(parse(buffers(parse(metadata!), 1)[0]!), 1)[0]);
      if (plugin !== 'text' || parse(tensor).get(1)?.[0] !== 7n) throw new Error(`no text: ${plugin}`);
      texts[tag] = String(buffers(parse(tensor), 8)[0]);
    }
  }
  return { version, scalars, texts };
}
