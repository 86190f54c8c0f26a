import { malformed } from '../errors.ts';
import type { Source } from './source.ts';

/** A run of whole lines: `bytes[start .. end)`, each but perhaps the very last of the file ending in `\n`. */
export interface LineBlock {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

export const NEWLINE = 10;
export const RETURN = 13;
/** Longer than any line that means something, and short enough to hold in memory. */
const LONGEST_LINE = 1 << 28;

/** Cuts a source into blocks of whole lines, without a byte order mark. */
export async function* lineBlocks(source: Source): AsyncGenerator<LineBlock> {
  let rest: Uint8Array = new Uint8Array(0);
  let isFirst = true;
  for await (const chunk of source.chunks) {
    let bytes = rest.length === 0 ? chunk : joined(rest, chunk);
    if (isFirst && bytes.length < 3) {
      rest = bytes;
      continue;
    }
    if (isFirst) bytes = withoutMark(bytes);
    isFirst = false;
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end > 0) yield { bytes, start: 0, end };
    rest = bytes.subarray(end);
    if (rest.length > LONGEST_LINE) throw tooLong(source.path);
  }
  if (isFirst) rest = withoutMark(rest);
  if (rest.length > 0) yield { bytes: rest, start: 0, end: rest.length };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function tooLong(path: string) {
  return malformed({ path, line: 1, column: 1 }, 'lines of text', 'one of 256 MiB', 'check the format');
}

/** Calls `line` for every line of a block that is not blank, without its `\r\n` or `\n`; returns the number of lines. */
export function forEachLine(
  block: LineBlock,
  firstLine: number,
  line: (start: number, end: number, n: number) => void,
) {
  const { bytes } = block;
  let n = firstLine;
  for (let start = block.start; start < block.end; n++) {
    let next = bytes.indexOf(NEWLINE, start);
    if (next < 0 || next >= block.end) next = block.end;
    const end = next > start && bytes[next - 1] === RETURN ? next - 1 : next;
    if (end > start) line(start, end, n);
    start = next + 1;
  }
  return n;
}
