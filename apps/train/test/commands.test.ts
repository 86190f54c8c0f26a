import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { finished, losslab, losslabEach, temporaryFolder } from './support.ts';

test('help of every command ends in examples or options, and fits a terminal', async () => {
  const commands = [
    '',
    'start',
    'train',
    'evaluate',
    'recommend',
    'results',
    'compare',
    'export',
    'data fetch',
    'data info',
    'data convert',
    'list',
    'doctor',
  ];
  const lines = commands.map((command) => [...command.split(' ').filter(Boolean), '--help']);
  const results = await losslabEach([...lines, ['help', 'train'], ['--version']], temporaryFolder());
  expect(results.map(({ code }) => code)).toEqual(results.map(() => 0));
  for (const { stdout } of results.slice(0, -1)) expect(stdout).toMatch(/^Usage: losslab/);
  expect(results[0]!.stdout).toContain('Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.');
  expect(results[2]!.stdout).toContain('$ losslab train --data gowalla --loss ./my-loss.ts');
  expect(results.at(-2)!.stdout).toBe(results[2]!.stdout);
  expect(results.at(-1)!.stdout).toBe(`losslab ${manifest.version}\n`);
});

test('without a command it shows the help and says wrong usage', async () => {
  const { code, stdout, stderr } = await losslab([]);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Usage: losslab/);
});

test('list shows parts by kind, and the options of one', async () => {
  const [all, losses, bsl, json] = await losslabEach(
    [['list'], ['list', 'losses'], ['list', 'loss', 'bsl'], ['list', 'models', 'mf', '--json', '-']],
    temporaryFolder(),
  );
  for (const name of ['bsl', 'itempop', 'popularity', 'ndcg', 'gowalla', 'generated', 'generated-plays']) {
    expect(all!.stdout).toMatch(new RegExp(`^${name} `, 'm'));
  }
  expect(losses!.stdout).not.toContain('itempop');
  expect(bsl!.stdout).toContain('Source: Wu et al., ICDE 2024, eq. 18');
  expect(bsl!.stdout).toMatch(/^tau1 +0\.1 +number > 0 +Temperature/m);
  const dimension = { name: 'dimension', values: 'whole number >= 1', default: '64', what: expect.any(String) };
  expect(JSON.parse(json!.stdout).options).toContainEqual(dimension);
});

test('doctor says which engines work, why others do not, and where data is', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'ml-100k'));
  writeFileSync(join(folder, 'ml-100k', 'u.data'), '');
  const [text, json] = await losslabEach(
    [
      ['doctor', '--data-dir', folder],
      ['doctor', '--data-dir', folder, '--json', '-'],
    ],
    folder,
  );
  expect(text!.code).toBe(0);
  expect(text!.stdout).toContain(process.versions.node);
  expect(text!.stdout).toMatch(/^simd +yes +SIMD kernels/m);
  expect(text!.stdout).toMatch(/^ml-100k +\S+ml-100k$/m);
  const report = JSON.parse(json!.stdout);
  expect(report.data['ml-100k']).toBe(join(folder, 'ml-100k'));
  expect(report.engines.map(({ name }: { name: string }) => name)).toContain('tensorflow-gpu');
  for (const { detail } of report.engines) expect(detail).not.toBe('');
});

test('a reader that goes away early is no error', async () => {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const line = `"${process.execPath}" --conditions=@losslab/source "${main}" list | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await finished(spawn('bash', ['-c', line]));
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^losses\s*\n0\n$/);
});

test('data: what is known of a set, converting parts and files', async () => {
  const folder = temporaryFolder();
  const rows = ['user,item,rating', 'ann,x,5', 'ann,y,4', 'ann,z,3', 'bob,x,1', 'bob,"q,r",2', 'bob,z,2', ''];
  writeFileSync(join(folder, 'ratings.csv'), rows.join('\n'));
  const [info, absent, parts, file, refused] = await losslabEach(
    [
      ['data', 'info', 'ratings.csv', '--split', 'per-user:50/50', '--json', '-'],
      ['data', 'info', 'ml-1m-bsl', '--data-dir', 'nowhere'],
      ['data', 'convert', 'ratings.csv', '--to', 'lightgcn', '--out', 'parts'],
      ['data', 'convert', 'ratings.csv', '--to', 'recbole', '--out', 'all.inter'],
      ['data', 'convert', 'parts', '--to', 'csv', '--out', 'parts.csv'],
    ],
    folder,
  );
  expect(JSON.parse(info!.stdout).statistics).toMatchObject({ users: 2, items: 4, valid: 0 });
  if (process.env.LOSSLAB_DATA === undefined) expect(absent!.stdout).toContain('It is not here: get it from');
  expect(parts!.stdout.trim().split('\n')).toEqual([
    join('parts', 'train.txt'),
    join('parts', 'test.txt'),
    join('parts', 'ids.json'),
  ]);
  expect(JSON.parse(readFileSync(join(folder, 'parts', 'ids.json'), 'utf8')).items).toEqual(['x', 'y', 'z', 'q,r']);
  expect(file).toMatchObject({ code: 0, stdout: 'all.inter\n' });
  expect(readFileSync(join(folder, 'all.inter'), 'utf8').split('\n').slice(0, 3)).toEqual([
    'user_id:token\titem_id:token\trating:float',
    'ann\tx\t5',
    'ann\ty\t4',
  ]);
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: --out: expected a folder for the parts/),
  });
  expect(existsSync(join(folder, 'parts.csv'))).toBe(false);
});
