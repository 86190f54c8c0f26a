import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult } from '@losslab/core';
import { afterEach, expect, test, vi } from 'vitest';
import { openStartData } from '../src/run/start-data.ts';
import { losslabEach, temporaryFolder } from './support.ts';

test('a leaderboard, a report, and run folders; what an earlier start left is replaced, other things are not', async () => {
  const folder = temporaryFolder();
  const out = join(folder, 'runs', 'start');
  mkdirSync(join(out, 'bpr', 'checkpoint'), { recursive: true });
  for (const name of ['mine.txt', 'bpr/run.json', 'bpr/checkpoint/old.safetensors'])
    writeFileSync(join(out, name), '{}');
  const [first, recommended] = await losslabEach(
    [
      ['start', '--data', 'generated', '--epochs', '1', '--json', 'results.json'],
      ['recommend', '--run', 'runs/start/bsl', '--user', '1'],
    ],
    folder,
  );
  expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^method +recall@20 +ndcg@20 /) });
  for (const name of ['itempop', 'bpr', 'sl', 'bsl']) expect(first!.stdout).toMatch(new RegExp(`^${name} +0\\.`, 'm'));
  expect(first!.stdout).toContain(`report: ${join('runs', 'start', 'report.html')}`);
  const report = readFileSync(join(out, 'report.html'), 'utf8');
  expect(report).toMatch(/^<!doctype html>/i);
  expect(report).toContain('losslab start --data generated --epochs 1 --out runs/start');
  const results: RunResult[] = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
  expect(results.map(({ epochs }) => epochs)).toEqual([0, 1, 1, 1]);
  expect(existsSync(join(out, 'mine.txt'))).toBe(true);
  expect(existsSync(join(out, 'bpr', 'checkpoint', 'old.safetensors'))).toBe(false);
  expect(recommended!.code).toBe(0);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

test('without the data set and without a network it says so and generates data', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('LOSSLAB_DATA', '');
  vi.stubEnv('XDG_CACHE_HOME', folder);
  const cause = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  vi.stubGlobal('fetch', async () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause })));
  const notes: string[] = [];
  const bar = { update() {}, note: (text: string) => void notes.push(text), stop() {} };
  const { dataset } = await openStartData({ bar, signal: new AbortController().signal });
  expect(dataset.name).toBe('generated');
  expect(notes.join('\n')).toMatch(/^data: generated; ml-100k is not here and could not be fetched \(ENOTFOUND\)$/m);
  expect(notes.join('\n')).toContain('losslab data fetch ml-100k');
});
