import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult } from '@losslab/core';
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
  beforeAll(async () => {
    folder = temporaryFolder();
    const at = ['--epochs', '3', '--at', '5,10', '--stop-on', 'ndcg@10', '--out', 'run', '--json', 'result.json'];
    trained = await losslab(['train', ...tiny, '--loss', 'bsl', '--negatives', '8', '--set', 'loss.tau1=0.3', ...at], {
      cwd: folder,
    });
  });

  test('prints results to stdout, a line an epoch to stderr where that is a pipe', () => {
    expect(trained.code).toBe(0);
    expect(trained.stdout).toMatch(/^mf with bsl on generated \(60 users, 90 items, .*\), protocol clean, seed 1\n/);
    expect(trained.stdout).toMatch(/^test +@5 +@10$/m);
    expect(trained.stdout).toMatch(/^recall +0\.\d{4} +0\.\d{4}$/m);
    expect(trained.stdout).toMatch(/^saved in run$/m);
    const epochs = trained.stderr
      .split('\n')
      .filter((line) => /^epoch \d of 3 {2}loss .* valid ndcg@10 0\.\d{4}/.test(line));
    expect(epochs).toHaveLength(3);
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

  test('evaluates and recommends from the folder alone', async () => {
    const [evaluated, valid, listed, unknown] = await losslabEach(
      [
        ['evaluate', '--run', 'run', '--json', '-'],
        ['evaluate', '--run', 'run', '--part', 'valid', '--at', '10', '--metrics', 'ndcg', '--json', '-'],
        ['recommend', '--run', 'run', '--user', '7', '0', '-k', '4', '--json', '-'],
        ['recommend', '--run', 'run', '--user', '61'],
      ],
      folder,
    );
    const result = read(folder, 'result.json');
    expect(JSON.parse(evaluated!.stdout).metrics).toEqual(result.metrics);
    expect(evaluated!.stderr).toContain('mf with bsl on generated, weights of epoch');
    expect(JSON.parse(valid!.stdout).metrics['ndcg@10']).toBe(result.validation!['ndcg@10']);
    const lists: { user: string; items: { item: string; score: number }[] }[] = JSON.parse(listed!.stdout);
    expect(lists.map(({ user, items }) => [user, items.length])).toEqual([
      ['7', 4],
      ['0', 4],
    ]);
    expect(lists[0]!.items.map(({ score }) => score)).toEqual(
      lists[0]!.items.map(({ score }) => score).sort((a, b) => b - a),
    );
    expect(unknown!.code).toBe(2);
    expect(unknown!.stderr).toMatch(/^error: --user: expected a user of the training data, got "61"/);
  });

  test('refuses k beyond the catalogue and a folder that holds a run', async () => {
    const [evaluated, recommended, again] = await losslabEach(
      [
        ['evaluate', '--run', 'run', '--at', '91'],
        ['recommend', '--run', 'run', '--user', '0', '-k', '91'],
        ['train', ...tiny, '--loss', 'bpr', '--out', 'run'],
      ],
      folder,
    );
    expect(evaluated).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: --at: expected k in \[1, 90\], got 91/),
    });
    expect(recommended).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: -k: expected k in \[1, 90\]/),
    });
    expect(again).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: --out: expected a folder without a run/),
    });
  });

  test('names the file of a checkpoint that is cut short', async () => {
    const cut = join(folder, 'cut');
    const copy = (from: string, to: string): void => {
      mkdirSync(to, { recursive: true });
      for (const entry of readdirSync(from, { withFileTypes: true })) {
        const [source, target] = [join(from, entry.name), join(to, entry.name)];
        if (entry.isDirectory()) copy(source, target);
        else copyFileSync(source, target);
      }
    };
    copy(join(folder, 'run'), cut);
    const weights = readdirSync(join(cut, 'checkpoint')).find((name) => name.startsWith('best'))!;
    truncateSync(join(cut, 'checkpoint', weights), 100);
    const [evaluated] = await losslabEach([['evaluate', '--run', 'cut']], folder);
    expect(evaluated).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: (--run: )?expected .*best-\d+\.safetensors/),
    });
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
  const data = ['--data', 'generated', '--set', 'data.generate={"users":200,"items":300,"interactionsPerUser":40}'];
  const settings = ['--loss', 'bpr', '--batch-size', '32', '--epochs', '6', '--at', '10', '--stop-on', 'recall@10'];
  const whole = losslab(['train', ...data, ...settings, '--out', 'whole'], { cwd: folder });
  const child = startCommand(['train', ...data, ...settings, '--out', 'cut'], { cwd: folder });
  const ended = finished(child);
  await written(child, 'epoch 2 of 6');
  child.kill('SIGINT');
  const { code, stderr, stdout } = await ended;
  expect(stdout).toBe('');
  expect(code).toBe(130);
  expect(stderr).toContain('interrupted: finishing the step and saving');
  expect(stderr).toContain('losslab train --out cut --resume');
  expect(read(folder, 'cut', 'result.json').status).toBe('interrupted');
  const resumed = await losslab(['train', '--out', 'cut', '--resume'], { cwd: folder });
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).toMatch(/^going on in epoch [2-6]/m);
  expect((await whole).code).toBe(0);
  const [first, second] = [read(folder, 'whole', 'result.json'), read(folder, 'cut', 'result.json')];
  const curve = (result: RunResult) => result.curve.map(({ seconds: _, ...rest }) => rest);
  expect(curve(second)).toEqual(curve(first));
  expect(second.metrics).toEqual(first.metrics);
});
