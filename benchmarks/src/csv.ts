import { closeSync, openSync, writeSync } from 'node:fs';
import { Random } from '@losslab/kernels';

const LINES_A_PIECE = 100_000;

/** Writes `user,item,rating` lines with users and items by chance, in no order: what is hardest on the caches. */
export function writeCsv(path: string, lines: number, users: number, items: number): void {
  const random = new Random({ seed: 1 });
  const file = openSync(path, 'w');
  writeSync(file, 'userId,movieId,rating\n');
  for (let done = 0; done < lines; done += LINES_A_PIECE) {
    let piece = '';
    for (let line = done; line < Math.min(lines, done + LINES_A_PIECE); line++) {
      piece += `${random.int(users)},${random.int(items)},${(random.int(10) + 1) / 2}\n`;
    }
    writeSync(file, piece);
  }
  closeSync(file);
}
