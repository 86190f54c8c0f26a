import { malformed, quoted } from '../errors.ts';
import { forEachLine, lineBlocks } from './lines.ts';
import { parseIndex } from './numbers.ts';
import { type GivenNumbering, type ReadRows, RowCollector } from './rows.ts';
import type { Source } from './source.ts';

const SPACE = 32;
const OTHER_FORMAT = 'mend the line, or say another format';

/**
 * Reads `user item item ...`, one line a user, whole numbers between single spaces (one at a line's end is passed over).
 * A user without items is a user still. @throws LosslabError `bad-data` with file, line and column.
 */
export async function readLightGcn(source: Source, numbering: GivenNumbering): Promise<ReadRows> {
  const rows = new RowCollector();
  const lineOf = new Map<number, number>();
  let n = 1;
  for await (const block of lineBlocks(source)) {
    n = forEachLine(block, n, (start, end, line) => {
      const { bytes } = block;
      const stop = bytes[end - 1] === SPACE ? end - 1 : end;
      let user = -1;
      for (let at = start; at <= stop; ) {
        const next = endOfNumber(bytes, at, stop);
        const value = parseIndex(bytes, at, next);
        if (value < 0) throw notWhole(source.path, line, at - start + 1, bytes, at, next);
        if (user < 0) {
          user = value;
          claim(lineOf, user, source.path, line);
          numbering.see(user, -1);
        } else {
          rows.users.push(user);
          rows.items.push(value);
          numbering.see(user, value);
        }
        at = next + 1;
      }
    });
  }
  return { rows: rows.finish(), notes: [] };
}

function endOfNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== SPACE) at++;
  return at;
}

function claim(lineOf: Map<number, number>, user: number, path: string, line: number): void {
  const earlier = lineOf.get(user);
  if (earlier !== undefined) {
    const got = `user ${user} again, who stands on line ${earlier}`;
    throw malformed(
      { path, line, column: 1 },
      'one line a user (LightGCN text)',
      got,
      'say another format, such as spaces',
    );
  }
  lineOf.set(user, line);
}

function notWhole(path: string, line: number, column: number, bytes: Uint8Array, start: number, end: number) {
  const what = 'a whole number below 2³¹ (LightGCN text)';
  return malformed({ path, line, column }, what, quoted(bytes, start, end), OTHER_FORMAT);
}
