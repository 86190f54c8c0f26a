import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '@losslab/data';
import { decodeSafetensors } from '@losslab/trainer';
import { expect, test } from 'vitest';
import { losslabEach, temporaryFolder, tiny } from './support.ts';

test('export writes each format, and says what it cannot write', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'none'));
  writeFileSync(join(folder, 'file'), '');
  const to = (run: string, format: string, out: string, ...more: string[]) =>
    ['export', '--run', run, '--format', format, '--out', out, ...more] as const;
  const [trained, fitted, safetensors, npy, parquet, odd, knn, parameters, noRun, blocked, both] = await losslabEach(
    [
      ['train', ...tiny, '--loss', 'bpr', '--epochs', '1', '--out', 'run'],
      ['train', ...tiny, '--model', 'itemknn', '--out', 'knn'],
      to('run', 'safetensors', 'a'),
      to('run', 'npy', 'b'),
      to('run', 'parquet', 'c'),
      to('run', 'parqet', 'd'),
      to('knn', 'npy', 'e'),
      to('knn', 'npy', 'e', '--parameters'),
      to('none', 'npy', 'f'),
      to('run', 'npy', 'file'),
      to('run', 'parquet', 'g', '--parameters'),
    ],
    folder,
  );
  expect([trained!.code, fitted!.code]).toEqual([0, 0]);
  expect(safetensors!.stdout.split('\n')).toEqual([join('a', 'ids.json'), join('a', 'embeddings.safetensors'), '']);
  expect([npy!.code, parquet!.code, parameters!.code]).toEqual([0, 0, 0]);
  const path = join(folder, 'a', 'embeddings.safetensors');
  expect(decodeSafetensors(readFileSync(path), path).arrays.users!.shape).toEqual([60, 64]);
  expect(readdirSync(join(folder, 'b')).sort()).toContain('users.npy');
  expect((await readTable(join(folder, 'c', 'seen.parquet'))).table.userCount).toBe(60);
  expect(odd!.code).toBe(2);
  expect(odd!.stderr).toContain('got "parqet"; did you mean "parquet"?');
  expect([knn!.code, knn!.stderr]).toEqual([
    2,
    'error: --run: expected a model that scores by inner products, got itemknn, which does not; add --parameters\n',
  ]);
  expect(noRun!.code).toBe(1);
  expect(noRun!.stderr).toMatch(/^error: --run: expected a run in none, got none; give the folder that --out named/);
  expect(blocked!.code).toBe(1);
  expect(blocked!.stderr).toMatch(/^error: --out: /);
  expect([both!.code, both!.stderr]).toEqual([
    2,
    'error: --format: expected safetensors or npy for parameters, got parquet, which holds rows; choose one of those\n',
  ]);
  for (const out of ['d', 'f', 'g']) expect(existsSync(join(folder, out))).toBe(false);
});

test('Parquet goes in and out: convert, info and train', async () => {
  const folder = temporaryFolder();
  const rows = Array.from({ length: 400 }, (_, k) => `u${k % 20},i${(k * 7) % 90},${1 + (k % 5)}`);
  writeFileSync(join(folder, 'ratings.csv'), `who,what,stars\n${rows.join('\n')}\n`);
  const columns = 'user=who,item=what,rating=stars';
  const [file, info, parts, trained, wrong] = await losslabEach(
    [
      ['data', 'convert', 'ratings.csv', '--columns', columns, '--to', 'parquet', '--out', 'x.parquet'],
      ['data', 'info', 'x.parquet', '--min-rating', '4'],
      ['data', 'convert', 'x.parquet', '--to', 'parquet', '--out', 'parts'],
      ['train', '--data', 'parts', '--loss', 'bpr', '--epochs', '1', '--out', 'run', '--json', '-'],
      ['train', '--data', 'x.parquet', '--columns', 'user=who,item=item_id', '--loss', 'bpr'],
    ],
    folder,
  );
  expect([file!.code, parts!.code]).toEqual([0, 0]);
  expect(info!.stdout).toContain('Ratings of 4 or more: 160 of 400 rows stay.');
  expect(parts!.stdout.split('\n')).toEqual([join('parts', 'train.parquet'), join('parts', 'test.parquet'), '']);
  expect(JSON.parse(trained!.stdout).dataset.statistics.users).toBe(20);
  expect(wrong!.code).toBe(1);
  expect(wrong!.stderr).toMatch(
    /^error: --data: .*x.parquet: expected a column named "who" for user, got "user_id item_id rating"/,
  );
});
