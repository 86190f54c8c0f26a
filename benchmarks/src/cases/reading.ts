import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFiles } from '@losslab/data';
import { inProcess } from '../contender.ts';
import { writeCsv } from '../csv.ts';
import { readPeer } from '../peer.ts';
import type { Case } from './case.ts';

const LINES = 10_000_000;
/** Bytes of an average line: `userId,movieId,rating` of the sizes below. */
const LINE_BYTES = 16.3;

/** A CSV of ten million interactions, from the disk's cache into columns. */
export function reading(): Case {
  let folder = '';
  let kept = 0;
  return {
    name: 'read',
    title: 'reading a CSV of 10,000,000 interactions, 1,000,000 users, 200,000 items',
    rounds: 3,
    budgets: [{ most: 5000 }],
    floor: {
      operations: LINES * LINE_BYTES,
      bytes: LINES * (LINE_BYTES + 12),
      counted: '163 MB of text read once, an operation a byte; three columns of four bytes written',
    },
    async contenders() {
      folder = mkdtempSync(join(tmpdir(), 'losslab-bench-'));
      const path = join(folder, 'ratings.csv');
      writeCsv(path, LINES, 1_000_000, 200_000);
      const own = inProcess('losslab', async () => {
        const { files } = await readFiles([path]);
        kept = Object.values(files[0]!.rows).reduce((sum, column) => sum + column.byteLength, 0);
      });
      const peers = (['pandas', 'csv', 'loadtxt'] as const).map((library) => readPeer(library, path));
      return [own, ...(await Promise.all(peers))];
    },
    facts: () => ({
      'bytes kept an interaction': `${(kept / LINES).toFixed(1)} (at most 16)`,
      file: `${(statSync(join(folder, 'ratings.csv')).size / 1e6).toFixed(0)} MB`,
    }),
    close: () => rmSync(folder, { recursive: true }),
  };
}
