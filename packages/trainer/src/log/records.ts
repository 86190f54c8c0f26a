import { maskedCrc32c } from './crc32c.ts';

/*
 * A TFRecord file is records, one after the other, little-endian:
 *
 *   u64 length of the data │ u32 masked CRC-32C of these 8 bytes │ data │ u32 masked CRC-32C of the data
 */

const headBytes = 12;
const footBytes = 4;

export function encodeRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(headBytes + data.length + footBytes);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true);
  record.set(data, headBytes);
  view.setUint32(headBytes + data.length, maskedCrc32c(data), true);
  return record;
}

export interface PlacedRecord {
  readonly data: Uint8Array;
  /** Where the record begins in the file. */
  readonly start: number;
  readonly end: number;
}

/** The records of a file up to the first that is cut short or damaged: what a killed process left is no error. */
export function* decodeRecords(file: Uint8Array): Generator<PlacedRecord> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let start = 0; start + headBytes <= file.length; ) {
    if (view.getUint32(start + 8, true) !== maskedCrc32c(file.subarray(start, start + 8))) return;
    const end = start + headBytes + Number(view.getBigUint64(start, true)) + footBytes;
    if (end > file.length) return;
    const data = file.subarray(start + headBytes, end - footBytes);
    if (view.getUint32(end - footBytes, true) !== maskedCrc32c(data)) return;
    yield { data, start, end };
    start = end;
  }
}
