import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CheckpointStore } from '../src/checkpoint.ts';
import { writeWhole } from '../src/files.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'losslab-full-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const storeModule = fileURLToPath(new URL('../src/checkpoint.ts', import.meta.url));

// A process that may write files of 16 KiB at most: it fails in the middle of a write, as on a full disk.
const writer = `
  const { CheckpointStore } = await import(${JSON.stringify(storeModule)});
  const progress = { curve: [], lossSum: 0, epochSeconds: 0, steps: 0, seconds: { train: 0, evaluate: 0 } };
  const last = (length) => ({ x: { shape: [length], data: new Float32Array(length).fill(length) } });
  const store = new CheckpointStore(process.argv[1]);
  store.save({ progress: { ...progress, step: 1 }, last: last(10) });
  try {
    store.save({ progress: { ...progress, step: 2 }, last: last(100_000) });
  } catch (error) {
    console.log(error.code, error.message);
  }
`;

test.skipIf(process.platform === 'win32')('a disk that fills up leaves the checkpoint before it whole', () => {
  const limited = ['-c', 'ulimit -f 16; exec "$0" "$@"', process.execPath];
  const node = ['--conditions=@losslab/source', '--input-type=module-typescript', '-e', writer, dir];
  const printed = execFileSync('bash', [...limited, ...node], { encoding: 'utf8' });
  expect(printed).toMatch(
    /^bad-run \[trainer\] expected to write .*last-0-2\.safetensors, got a limit on the size of files; free some space or choose another folder\n$/,
  );
  expect(readdirSync(dir).sort()).toEqual(['checkpoint.json', 'last-0-1.safetensors']);
  expect(new CheckpointStore(dir).load()?.progress.step).toBe(1);
});

test('a file where a folder should be is told', () => {
  writeFileSync(join(dir, 'file'), '');
  expect(() => writeWhole(join(dir, 'file', 'result.json'), '{}')).toThrow(
    /^\[trainer\] expected to write .*result\.json, got a file where a folder should be; /,
  );
});
