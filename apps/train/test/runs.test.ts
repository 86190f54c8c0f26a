import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult } from '@losslab/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Finished, finished, losslabEach, startCommand, temporaryFolder, tiny, written } from './support.ts';

const read = <T = RunResult>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8'));
const short = ['--epochs', '2', '--negatives', '4', '--set', 'model.dimension=8'];

let folder: string;
let done: Record<string, Finished>;

const lines: Record<string, string[]> = {
  bpr: ['train', ...tiny, ...short, '--loss', 'bpr', '--seeds', '1,2', '--out', 'runs/bpr', '--log', 'jsonl'],
  sl: ['train', ...tiny, ...short, '--loss', 'sl', '--seeds', '1,2', '--out', 'runs/sl'],
  paper: ['train', ...tiny, ...short, '--loss', 'sl', '--protocol', 'paper', '--out', 'runs/paper'],
  logged: [
    ...['train', ...tiny, ...short, '--loss', 'bpr', '--set', 'loss=bpr', '--seed', '7', '--out', 'runs/logged'],
    ...['--log', 'tensorboard', '--log', 'jsonl:logs/mine.jsonl', '--log-every', '2'],
  ],
};
const after: Record<string, string> = {
  compared: 'compare runs/bpr runs/sl --metrics recall@20,ndcg@20 --html c/compared.html --json c/compared.json',
  twice: 'compare runs/bpr/seed-1 runs/sl runs/../runs/bpr/seed-1 runs/sl/seed-2 --json -',
  protocols: 'compare runs/bpr/seed-1 runs/paper --metrics recall --json -',
  listed: 'results',
  filtered: 'results runs --where loss=sl --where protocol=clean --sort ndcg@20 --json -',
  csv: 'results runs --where seed=1,7 --csv -',
  csvFile: 'results runs/bpr --sort seed --reverse --csv runs.csv',
  nothing: 'results runs --where loss=bsl',
};
const wrong: [string, string, number, RegExp][] = [
  ['one run', 'compare runs/paper', 2, /^error: (--run: )?expected two runs or more, got 1; name another$/],
  [
    'one run named twice',
    'compare runs/paper runs/./paper',
    2,
    /^error: (--run: )?expected two runs or more, got 1; name another$/,
  ],
  ['no run at all', 'compare', 2, /^error: missing required argument 'run'$/],
  ['a path that is none', 'compare runs/paper runs/nope', 1, /^error: expected a run in runs\/nope, got none; check/],
  ['a folder without runs', 'compare runs/paper empty', 1, /^error: expected a finished run in empty, got none; check/],
  [
    'an unfinished run',
    'compare runs/paper unfinished',
    1,
    /expected a finished run in unfinished, got one that is unfin/,
  ],
  [
    'an unknown metric',
    'compare runs/bpr runs/sl --metrics ndgc@20',
    2,
    /^error: --metrics: .* did you mean "ndcg@20"\?/,
  ],
  ['a report below a file', 'compare runs/bpr runs/sl --html file/x.html', 1, /^error: --html: expected to write to/],
  ['a condition that is none', 'results runs --where bpr', 2, /^error: --where: expected key=value, got "bpr"/],
  ['a condition on nothing', 'results runs --where los=bpr', 2, /^error: --where: .* did you mean "loss"\?/],
  ['an order by nothing', 'results runs --sort sed', 2, /^error: --sort: .* did you mean "seed"\?/],
  ['a folder that is not there', 'results nowhere', 1, /^error: expected a folder at nowhere, got none/],
  [
    'two lists on stdout',
    'results runs --csv - --json -',
    2,
    /^error: --csv: expected one of --csv and --json on stdout/,
  ],
  [
    'a log that nobody writes',
    'train --log wandb',
    2,
    /^error: --log: expected tensorboard or jsonl, .*, got "wandb"$/,
  ],
  [
    'a log without its path',
    'train --log jsonl:',
    2,
    /^error: --log: expected tensorboard or jsonl, .*, got "jsonl:"$/,
  ],
  [
    'steps of no log',
    `train ${tiny.join(' ')} --loss bpr --log-every 2`,
    2,
    /^error: --log-every: expected something to log/,
  ],
  [
    "another run's log",
    `train ${tiny.join(' ')} --loss bpr --out runs/new --log jsonl:logs/mine.jsonl`,
    1,
    /^error: --log: expected no log in logs\/mine\.jsonl, got one; choose another place$/,
  ],
];

beforeAll(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'file'), '');
  const trained = await losslabEach(Object.values(lines), folder);
  for (const { code, stderr } of trained) expect(code, stderr).toBe(0);
  cpSync(join(folder, 'runs', 'bpr', 'seed-1'), join(folder, 'unfinished'), { recursive: true });
  rmSync(join(folder, 'unfinished', 'result.json'));
  cpSync(join(folder, 'runs', 'paper'), join(folder, 'runs', 'broken'), { recursive: true });
  truncateSync(join(folder, 'runs', 'broken', 'result.json'), 50);
  const others = await losslabEach(
    [...Object.values(after), ...wrong.map(([, line]) => line)].map((line) => line.split(' ')),
    folder,
  );
  const names = [...Object.keys(lines), ...Object.keys(after), ...wrong.map(([name]) => name)];
  done = Object.fromEntries(names.map((name, k) => [name, [...trained, ...others][k]!]));
}, 240_000);

describe('compare', () => {
  test('shows metrics of seeds side by side and tests them, as plain text in a pipe', () => {
    const { code, stdout, stderr } = done.compared!;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^bpr +generated +clean +1, 2 +[12], [12] +60 +runs\/bpr\/seed-1 and 1 more$/m);
    expect(stdout).toMatch(/^recall@20 +0\.\d{4} ± 0\.\d{4} +0\.\d{4} ± 0\.\d{4}$/m);
    expect(stdout).toMatch(/^sl − bpr, protocol clean, over users$/m);
    expect(stdout).toMatch(/^sl − bpr, protocol clean, over seeds$/m);
    expect(stdout).not.toContain('\u001b');
  });

  test('takes a run once, however it is named', () => {
    const { code, stdout, stderr } = done.twice!;
    expect(code, stderr).toBe(0);
    expect(stderr.split('\n').filter((line) => line.startsWith('passed over'))).toEqual([
      'passed over: runs/../runs/bpr/seed-1: the same as runs/bpr/seed-1',
      'passed over: runs/sl/seed-2: named twice',
    ]);
    expect(JSON.parse(stdout).entries).toHaveLength(2);
  });

  test('its JSON and its report hold the same', () => {
    const { entries, tests } = read<{
      entries: { metrics: Record<string, { mean: number }> }[];
      tests: { metric: string }[];
    }>(folder, 'c', 'compared.json');
    const recall = [1, 2].map(
      (seed) => read(folder, 'runs', 'bpr', `seed-${seed}`, 'result.json').metrics['recall@20']!,
    );
    expect(entries[0]!.metrics['recall@20']!.mean).toBeCloseTo((recall[0]! + recall[1]!) / 2, 12);
    expect(tests.map(({ metric }) => metric)).toEqual(['recall@20', 'ndcg@20', 'recall@20', 'ndcg@20']);
    const html = readFileSync(join(folder, 'c', 'compared.html'), 'utf8');
    expect(html).toContain('<h1>bpr and sl, compared</h1>');
    expect(html).toContain('losslab compare runs/bpr runs/sl --metrics recall@20,ndcg@20 --html c/compared.html');
  });

  test('warns of runs under different protocols and tests nothing between them', () => {
    const { code, stdout, stderr } = done.protocols!;
    expect(code).toBe(0);
    expect(stderr).toContain('warning: They differ in protocol: clean (bpr) · paper (sl).');
    const { tests, entries, differences } = JSON.parse(stdout);
    expect(tests).toEqual([]);
    expect(entries[1].metrics['recall@5'].mean).toBeGreaterThanOrEqual(0);
    expect(differences[0].what).toBe('protocol');
  });
});

describe('results', () => {
  test('lists runs with key facts; what is broken is named and passed over', () => {
    const { code, stdout, stderr } = done.listed!;
    expect(code).toBe(0);
    const found = stdout.trim().split('\n').slice(2);
    expect(found.map((line) => line.split(/ +/)[0])).toEqual(
      ['bpr/seed-1', 'bpr/seed-2', 'logged', 'paper', 'sl/seed-1', 'sl/seed-2'].map((name) => `runs/${name}`),
    );
    expect(found[0]).toMatch(/finished +generated +mf +bpr +clean +1 +[12] of 2 +0\.\d{4} +0\.\d{4} +20\d\d-/);
    expect(stderr).toContain('6 runs\n');
    expect(stderr).toMatch(/^passed over: runs\/broken: expected JSON in .*result\.json, got something else$/m);
  });

  test('filters, sorts, and writes JSON', () => {
    const { runs } = JSON.parse(done.filtered!.stdout);
    expect(runs.map(({ loss, protocol }: Record<string, string>) => `${loss} ${protocol}`)).toEqual([
      'sl clean',
      'sl clean',
    ]);
    expect(runs[0]['ndcg@20']).toBeGreaterThanOrEqual(runs[1]['ndcg@20']);
    expect(runs[0].options.loss).toMatchObject({ name: 'sl' });
    expect(runs[0].command).toMatch(/^losslab train --data generated .* --loss sl --seeds 1,2 --out runs\/sl$/);
  });

  test('writes CSV', () => {
    const [head, ...rows] = done.csv!.stdout.trim().split('\r\n');
    expect(head).toMatch(/^path,kind,status,data,model,loss,.*,recall@20/);
    expect(rows.map((row) => row.split(',')[0])).toEqual(
      ['bpr/seed-1', 'logged', 'paper', 'sl/seed-1'].map((n) => `runs/${n}`),
    );
    const file = readFileSync(join(folder, 'runs.csv'), 'utf8').trim().split('\r\n');
    expect(file.slice(1).map((row) => row.split(',')[0])).toEqual(['runs/bpr/seed-2', 'runs/bpr/seed-1']);
  });

  test('nothing found is no error', () => {
    expect(done.nothing).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('0 of 6 runs\n') });
  });
});

describe('what a run tells of itself', () => {
  test('logs lie where they were asked for, with each second step', () => {
    const log = readFileSync(join(folder, 'logs', 'mine.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const events = log.map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ format: 'losslab-log/1', kind: 'start', options: { seed: 7 } });
    const steps = events.filter(({ kind }) => kind === 'step').map(({ total }) => total);
    expect(steps).toEqual(steps.map((_, at) => 2 * (at + 1)));
    expect(readdirSync(join(folder, 'runs', 'logged')).some((name) => name.startsWith('events.out.tfevents.'))).toBe(
      true,
    );
    expect(readdirSync(join(folder, 'runs', 'bpr', 'seed-2'))).toContain('log.jsonl');
  });

  test('the result holds the command as it was typed and the version of every package', () => {
    const { sessions, versions } = read(folder, 'runs', 'logged', 'result.json');
    expect(sessions![0]!.command).toMatch(
      /^losslab train --data generated --set 'data\.generate=\{"users":60.*\}' .*--log jsonl:logs\/mine\.jsonl --log-every 2$/,
    );
    for (const name of ['losslab', '@losslab/kernels', '@losslab/loss-bsl', '@losslab/trainer', '@tensorflow/tfjs']) {
      expect(versions).toHaveProperty([name], expect.stringMatching(/^\d+\.\d+\.\d+/));
    }
  });
});

test.each(wrong)('%s', (name, _, code, line) => {
  const { code: got, stderr, stdout } = done[name]!;
  expect(stdout).toBe('');
  const errors = stderr.split('\n').filter((text) => text.startsWith('error: '));
  expect(errors).toEqual([expect.stringMatching(line)]);
  expect(got).toBe(code);
});

test('Ctrl-C keeps the log and says how to go on with it', async () => {
  const data = ['--data', 'generated', '--set', 'data.generate={"users":120,"items":200,"interactionsPerUser":25}'];
  // Forty epochs: a busy machine may deliver the signal late.
  const settings = [
    '--loss',
    'bpr',
    '--batch-size',
    '64',
    '--epochs',
    '40',
    '--patience',
    '40',
    '--out',
    'stopped',
    '--log',
    'jsonl',
  ];
  const child = startCommand(['train', ...data, ...settings], { cwd: folder });
  const ended = finished(child);
  await written(child, 'epoch  1 of 40');
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain('losslab train --out stopped --resume --log jsonl');
  const [again] = await losslabEach([['train', '--out', 'stopped', '--resume', '--log', 'jsonl']], folder);
  expect(again!.code).toBe(0);
  const log = readFileSync(join(folder, 'stopped', 'log.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const totals = log.map((line) => JSON.parse(line)).flatMap(({ total }) => (total === undefined ? [] : [total]));
  expect(totals).toEqual(totals.map((_, at) => at + 1));
  expect(totals).toHaveLength(read(folder, 'stopped', 'result.json').steps);
}, 120_000);
