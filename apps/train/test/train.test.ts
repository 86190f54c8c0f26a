import { cpSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemsOf, type RunResult } from '@losslab/core';
import { generate } from '@losslab/data';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Finished,
  finished,
  losslab,
  losslabEach,
  startCommand,
  temporaryFolder,
  tiny,
  written,
} from './support.ts';

const read = <T = RunResult>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8'));

describe('a run from the command line', () => {
  let folder: string;
  let trained: Finished;
  let after: Record<string, Finished>;
  const lines: Record<string, string> = {
    evaluated: 'evaluate --run run --json -',
    valid: 'evaluate --run run --part valid --at 10 --metrics ndcg --json -',
    recommended: 'recommend --run run --user 7 0 -k 4 --json -',
    stranger: 'recommend --run run --user 61',
    evaluatedTooFar: 'evaluate --run run --at 91',
    recommendedTooMany: 'recommend --run run --user 0 -k 91',
    again: `train ${tiny.join(' ')} --loss bpr --out run`,
    cut: 'evaluate --run cut',
  };

  beforeAll(async () => {
    folder = temporaryFolder();
    const at = ['--epochs', '3', '--at', '5,10', '--stop-on', 'ndcg@10', '--out', 'run', '--json', 'result.json'];
    const loss = ['--loss', 'bsl', '--negatives', '8', '--set', 'loss.tau1=0.3'];
    trained = await losslab(['train', ...tiny, ...loss, ...at], { cwd: folder });
    cpSync(join(folder, 'run'), join(folder, 'cut'), { recursive: true });
    const weights = readdirSync(join(folder, 'cut', 'checkpoint')).find((name) => name.startsWith('best'))!;
    truncateSync(join(folder, 'cut', 'checkpoint', weights), 100);
    const finished = await losslabEach(
      Object.values(lines).map((line) => line.split(' ')),
      folder,
    );
    after = Object.fromEntries(Object.keys(lines).map((name, k) => [name, finished[k]!]));
  });

  test('prints results to stdout, a line an epoch to stderr where that is a pipe', () => {
    expect(trained.code).toBe(0);
    expect(trained.stdout).toMatch(/^mf with bsl on generated \(60 users, 90 items, .*\), protocol clean, seed 1\n/);
    expect(trained.stdout).toMatch(/^test +@5 +@10$/m);
    expect(trained.stdout).toMatch(/^recall +0\.\d{4} +0\.\d{4}$/m);
    expect(trained.stdout).toMatch(/^saved in run$/m);
    const epoch = /^epoch \d of 3 {2}loss .* valid ndcg@10 0\.\d{4}/;
    expect(trained.stderr.split('\n').filter((line) => epoch.test(line))).toHaveLength(3);
    expect(trained.stderr).not.toContain('\u001b');
  });

  test('writes the result as JSON, as in the run folder', () => {
    const result = read(folder, 'result.json');
    expect(result).toEqual(read(folder, 'run', 'result.json'));
    expect(result.loss).toEqual({ name: 'bsl', options: { tau1: 0.3, tau2: 0.1 } });
    expect(result.options).toMatchObject({
      epochs: 3,
      negatives: 8,
      stopOn: 'ndcg@10',
      model: { similarity: 'cosine' },
    });
    expect(Object.keys(result.metrics)).toContain('recall@10');
  });

  test('evaluates from the folder alone', () => {
    const result = read(folder, 'result.json');
    expect(JSON.parse(after.evaluated!.stdout).metrics).toEqual(result.metrics);
    expect(after.evaluated!.stderr).toContain('mf with bsl on generated, weights of epoch');
    expect(JSON.parse(after.valid!.stdout).metrics['ndcg@10']).toBe(result.validation!['ndcg@10']);
  });

  test('recommends from the folder alone, best first, nothing that the user has', () => {
    const lists: { user: string; items: { item: string; score: number }[] }[] = JSON.parse(after.recommended!.stdout);
    expect(lists.map(({ user, items }) => [user, items.length])).toEqual([
      ['7', 4],
      ['0', 4],
    ]);
    const { dataset } = generate({ users: 60, items: 90, interactionsPerUser: 15 }, { protocol: 'clean', seed: 1 });
    for (const { user, items } of lists) {
      const scores = items.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      const known = [...itemsOf(dataset.train, Number(user)), ...itemsOf(dataset.valid!, Number(user))];
      for (const { item } of items) expect(known).not.toContain(Number(item));
    }
  });

  test.each([
    ['stranger', 2, /^error: --user: expected a user of the training data, got "61"/],
    ['evaluatedTooFar', 2, /^error: --at: expected k in \[1, 90\], got 91/],
    ['recommendedTooMany', 2, /^error: -k: expected k in \[1, 90\]/],
    ['again', 1, /^error: --out: expected a folder without a run/],
    ['cut', 1, /^error: (--run: )?expected .*best-\d+\.safetensors/],
  ])('what is wrong afterwards: %s', (name, code, line) => {
    expect(after[name]).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(line) });
  });
});

test('JSON on stdout is JSON alone', async () => {
  const folder = temporaryFolder();
  const args = ['train', ...tiny, '--model', 'itempop', '--json', '-'];
  const { code, stdout, stderr } = await losslab(args, { cwd: folder });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ format: 'losslab-run/1', model: { name: 'itempop' }, status: 'finished' });
  expect(stderr).toContain('saved in runs/generated-itempop');
  expect(existsSync(join(folder, 'runs', 'generated-itempop', 'result.json'))).toBe(true);
});

test('several seeds give mean and standard deviation, from a configuration file', async () => {
  const folder = temporaryFolder();
  const config = { loss: { name: 'bpr' }, epochs: 1, metrics: ['recall'], at: [10], stopOn: 'recall@10' };
  writeFileSync(join(folder, 'run.yaml'), JSON.stringify(config));
  const args = ['train', ...tiny, '--config', 'run.yaml', '--seeds', '1,2', '--out', 'seeds', '--json', 'seeds.json'];
  const { code, stdout } = await losslab(args, { cwd: folder });
  expect(code).toBe(0);
  const { runs, mean, sd } = read<{ runs: RunResult[]; mean: Record<string, number>; sd: Record<string, number> }>(
    folder,
    'seeds.json',
  );
  const [a, b] = runs.map(({ metrics }) => metrics['recall@10']!) as [number, number];
  expect(runs.map(({ seed }) => seed)).toEqual([1, 2]);
  expect(mean['recall@10']).toBeCloseTo((a + b) / 2, 12);
  expect(sd['recall@10']).toBeCloseTo(Math.abs(a - b) / Math.sqrt(2), 12);
  expect(stdout).toMatch(/^recall +0\.\d{4} ± 0\.\d{4}$/m);
  expect(readdirSync(join(folder, 'seeds')).sort()).toEqual(['seed-1', 'seed-2']);
});

test('Ctrl-C saves, exits with 130 and says how to go on; the rest is as without it', async () => {
  const folder = temporaryFolder();
  const data = ['--data', 'generated', '--set', 'data.generate={"users":120,"items":200,"interactionsPerUser":25}'];
  // Forty epochs: a busy machine may deliver the signal late.
  const settings = [
    '--loss',
    'bpr',
    '--batch-size',
    '32',
    '--epochs',
    '40',
    '--patience',
    '40',
    '--at',
    '10',
    '--stop-on',
    'recall@10',
  ];
  const whole = losslab(['train', ...data, ...settings, '--out', 'whole'], { cwd: folder });
  const child = startCommand(['train', ...data, ...settings, '--out', 'cut'], { cwd: folder });
  const ended = finished(child);
  await written(child, 'epoch  2 of 40');
  child.kill('SIGINT');
  const { code, stderr, stdout } = await ended;
  expect(stdout).toBe('');
  expect(code).toBe(130);
  expect(stderr).toContain('interrupted: finishing the step and saving');
  expect(stderr).toContain('losslab train --out cut --resume');
  expect(read(folder, 'cut', 'result.json').status).toBe('interrupted');
  const resumed = await losslab(['train', '--out', 'cut', '--resume'], { cwd: folder });
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).toMatch(/^going on in epoch \d+/m);
  expect((await whole).code).toBe(0);
  const [first, second] = [read(folder, 'whole', 'result.json'), read(folder, 'cut', 'result.json')];
  const curve = (result: RunResult) => result.curve.map(({ seconds: _, ...rest }) => rest);
  expect(curve(second)).toEqual(curve(first));
  expect(second.metrics).toEqual(first.metrics);
});
