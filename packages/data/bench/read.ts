// Reads a CSV of 10 million lines, made on the fly, and prints seconds and bytes an interaction:
// node --conditions=@losslab/source bench/read.ts [lines] [--time]
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readFiles } from '../src/index.ts';

const USERS = 1_000_000;
const ITEMS = 200_000;
const LINES_A_PIECE = 100_000;

const { values, positionals } = parseArgs({ options: { time: { type: 'boolean' } }, allowPositionals: true });
const lines = Number(positionals[0] ?? 10_000_000);
const folder = mkdtempSync(join(tmpdir(), 'losslab-bench-'));
try {
  const path = join(folder, 'ratings.csv');
  writeCsv(path, lines, values.time ?? false);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { files } = await readFiles([path]);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const kept = Object.values(files[0]!.rows).reduce((sum, column) => sum + column.buffer.byteLength, 0);
  console.log(
    `${lines} lines: ${seconds.toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s of CPU), ${(kept / lines).toFixed(1)} bytes an interaction`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

/** Users and items by chance, in no order: what is hardest on the caches. */
function writeCsv(path: string, count: number, withTime: boolean): void {
  const file = openSync(path, 'w');
  writeSync(file, `userId,movieId,rating${withTime ? ',timestamp' : ''}\n`);
  let state = 1;
  const below = (bound: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return Math.floor(((state >>> 0) / 2 ** 32) * bound);
  };
  for (let done = 0; done < count; done += LINES_A_PIECE) {
    let piece = '';
    for (let line = 0; line < Math.min(LINES_A_PIECE, count - done); line++) {
      piece += `${below(USERS)},${below(ITEMS)},${below(10) / 2 + 0.5}${withTime ? `,${1_000_000_000 + below(1e8)}` : ''}\n`;
    }
    writeSync(file, piece);
  }
  closeSync(file);
}
