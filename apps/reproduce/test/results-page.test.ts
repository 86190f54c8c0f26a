import { expect, test } from 'vitest';
import { mergeReports } from '../src/report/kept.ts';
import { type KeptReport, resultsPage } from '../src/report/results-page.ts';

const row = { dataset: 'tiny', method: 'MF + BPR', metric: 'recall@20', protocol: 'clean' as const, mean: 0.1, sd: 0 };
const more = { seeds: [1], isUnfinished: false, seconds: 1, engine: 'simd', date: '2026-01-01' };
const claim = { claim: 'It is so.', source: '§1', dataset: 'tiny', protocol: 'clean', evidence: '1' };
const report = (experiment: string, title: string, verdicts: readonly string[] = []): KeptReport => ({
  paper: 'bsl',
  experiment,
  title,
  command: 'reproduce',
  budget: 'quick',
  rows: [{ ...row, ...more }],
  claims: verdicts.map((verdict) => ({ ...claim, verdict })),
});

test('what there is comes first, tables before figures and by number, with the verdicts counted', () => {
  const page = resultsPage([
    report('figure:10', 'Figure 10', ['holds']),
    report('figure:3a', 'Figure 3a, λ_Θ', ['does not hold', 'holds', 'does not hold']),
    report('table:II', 'Table II', ['cannot be told']),
    report('table:II', 'Table II'),
  ]);
  const rest = 'tiny | quick | clean | 1';
  expect(page.split('\n').filter((line) => line.startsWith('| bsl'))).toEqual([
    `| bsl | [Table II](#table-ii-tiny-quick-clean) | ${rest} | 0 | 0 | 1 |`,
    `| bsl | [Table II](#table-ii-tiny-quick-clean-1) | ${rest} | 0 | 0 | 0 |`,
    `| bsl | [Figure 3a, λ\\_Θ](#figure-3a-λ_θ-tiny-quick-clean) | ${rest} | 1 | 2 | 0 |`,
    `| bsl | [Figure 10](#figure-10-tiny-quick-clean) | ${rest} | 1 | 0 | 0 |`,
  ]);
  expect(page.split('\n').filter((line) => line.startsWith('###'))).toEqual([
    '### Table II: tiny, quick, clean',
    '### Table II: tiny, quick, clean',
    '### Figure 3a, λ_Θ: tiny, quick, clean',
    '### Figure 10: tiny, quick, clean',
  ]);
});

test('a page of nothing has no table', () => {
  expect(resultsPage([])).not.toContain('|');
});

test('a report takes the place of those whose rows and seeds it has, and of no others', () => {
  const by = (command: string, methods: readonly string[], seeds: readonly number[]): KeptReport => ({
    ...report('table:2', 'Table 2'),
    command,
    rows: methods.map((method) => ({ ...row, ...more, method, seeds })),
  });
  const commands = (kept: readonly KeptReport[]): string[] => kept.map(({ command }) => command);
  const kept = [by('three seeds', ['a'], [1, 2, 3]), by('one seed', ['a', 'b'], [1])];
  expect(commands(mergeReports(kept, [by('both', ['a', 'b', 'c'], [1])]))).toEqual(['three seeds', 'both']);
  expect(commands(mergeReports(kept, [by('all', ['a', 'b'], [1, 2, 3])]))).toEqual(['all']);
  expect(commands(mergeReports(kept, [by('other', ['b'], [1, 2])]))).toEqual(['three seeds', 'one seed', 'other']);
});
