import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bsl, planCells } from '../src/index.ts';
import { forkCell } from '../src/sweep/fork.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly log: string;
}

/** The real command with real trainings; `onLog` sees each piece of its progress. */
function run(
  args: string,
  onLog: (text: string, kill: (signal: NodeJS.Signals) => void) => void = () => {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--conditions=@losslab/source', main, ...args.split(' ')]);
    let out = '';
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      onLog(log, (signal) => child.kill(signal));
    });
    child.on('error', reject).on('close', (code) => resolve({ code, out, log }));
  });
}

const folder = (): string => join(mkdtempSync(join(tmpdir(), 'losslab-process-')), 'out');
const one = 'bsl --budget smoke --data generated --method sl --protocol clean';
const two = `${one} --method sl,mse --jobs 1`; // the last method counts
/** Trains for seconds an epoch, so that a signal comes before its end. */
const slow = 'inverse --table 2 --budget smoke --data generated --method neumf-srns --protocol clean';
const result = (out: string) => JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')).results[0];

test('a command broken off by Ctrl-C in the middle goes on to the same numbers', { timeout: 120_000 }, async () => {
  const [broken, whole] = [folder(), folder()];
  let isTold = false;
  const first = await run(`${slow} --out ${broken}`, (log, kill) => {
    if (isTold || !log.includes('epoch 1:')) return;
    isTold = true;
    kill('SIGINT');
  });
  expect(first.code).toBe(130);
  expect(first.log).toContain('0 of 1 trainings are finished and kept; go on with: reproduce inverse');
  expect(readdirSync(broken).sort()).toEqual(['cells', 'work']);
  const second = await run(`${slow} --out ${broken} --resume`);
  expect(second.code).toBe(0);
  expect(second.log).toContain('goes on from epoch');
  const straight = await run(`${slow} --out ${whole}`);
  expect(straight.code).toBe(0);
  expect(result(broken).metrics).toEqual(result(whole).metrics);
  expect(result(broken).curve.map((r: { loss: number }) => r.loss)).toEqual(
    result(whole).curve.map((r: { loss: number }) => r.loss),
  );
  expect(straight.out).toMatch(/generated +NeuMF \+ SRNS +auc +– +0\.\d{4}/);
  expect(readdirSync(whole).sort()).toEqual(['cells', 'report.html', 'results.json']);
});

test('a process a training where they do not share one', { timeout: 120_000 }, async () => {
  const [table] = bsl.experiments;
  const selection = { datasets: ['generated'], budget: 'smoke', protocols: ['clean'], seeds: [1] } as const;
  const cells = planCells(table!, { ...selection, methods: ['sl', 'mse'] });
  const runCell = forkCell();
  const signal = new AbortController().signal;
  for (const cell of cells) {
    const result = await runCell(cell, { out: folder(), signal, onEvent: () => {} });
    expect(result.status).toBe('finished');
  }
});

test('trainings that share a process give the numbers of one that is alone', { timeout: 120_000 }, async () => {
  const [together, alone] = [folder(), folder()];
  expect((await run(`${one} --method bpr,sl,mse --jobs 1 --out ${together}`)).code).toBe(0);
  expect((await run(`${one} --out ${alone}`)).code).toBe(0);
  const results = JSON.parse(readFileSync(join(together, 'results.json'), 'utf8')).results;
  expect(results).toHaveLength(3); // in the order of the table: SL is last
  expect(results[2].metrics).toEqual(result(alone).metrics);
  expect(results[2].loss).toEqual(result(alone).loss);
});

test('a sweep that was killed goes on as well', { timeout: 120_000 }, async () => {
  const out = folder();
  let isKilled = false;
  const first = await run(`${two} --out ${out}`, (log, kill) => {
    if (isKilled || !log.includes('[2/2] generated sl clean seed 1: starts')) return;
    isKilled = true;
    kill('SIGKILL');
  });
  expect(first.code).toBeNull();
  const second = await run(`${two} --out ${out} --resume`);
  expect(second.code).toBe(0);
  expect(second.log).toContain('2 trainings, 1 of them finished before');
});

test.each([
  [
    'vbpr --figure 8 --method vbpr',
    /generated +clean +MF \+ VBPR +0\.\d{4} +0\.\d{4}/,
    'direction in the plane of t-SNE',
  ],
  ['bsl --figure 10 --method sl', /generated +clean +recall@20 +MF \+ SL +0\.\d{4} +0\.\d{4}/, 'popular half'],
  [
    'bsl --table II-ngcf --method ngcf-sl',
    /generated +NGCF \+ SL +recall@20 +– +0\.\d{4}/,
    'Published, ours, difference',
  ],
  ['debiased --figure 2a', /generated +clean +recall@20 +MF \+ debiased CCL +0\.\d{4} +0\.\d{4}/, 'negative weight λ'],
])('%s is trained, probed and drawn', { timeout: 120_000 }, async (args, table, figure) => {
  const out = folder();
  const ended = await run(`${args} --budget smoke --data generated --protocol clean --out ${out}`);
  expect(ended.code).toBe(0);
  expect(ended.out).toMatch(table);
  const html = readFileSync(join(out, 'report.html'), 'utf8');
  expect(html).toContain(figure);
  expect(html).toContain('<svg');
});

test('help and usage errors', { timeout: 60_000 }, async () => {
  const [help, wrong] = await Promise.all([run('--help'), run('bsl --bugdet quick')]);
  expect(help.code).toBe(0);
  for (const text of ['--tune', 'Examples:', '130 interrupted']) expect(help.out).toContain(text);
  expect(wrong.code).toBe(2);
  expect(wrong.log).toContain("unknown option '--bugdet'");
});
