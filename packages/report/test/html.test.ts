import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Block, provenance, type Report, renderHtml, runReport, writeWhole } from '../src/index.ts';
import { runResult } from './fixture.ts';

const hostile = `<img src=x onerror=alert(1)>"'&`;
const cell = { text: hostile, tone: 'good' as const };
const every: Block[] = [
  { kind: 'text', text: hostile },
  { kind: 'list', items: [hostile] },
  { kind: 'table', table: { columns: [{ heading: hostile }], rows: [[cell]] }, caption: hostile },
  { kind: 'figure', svg: '<svg></svg>', description: hostile, caption: hostile },
  { kind: 'facts', facts: [[hostile, hostile]] },
  { kind: 'code', text: hostile },
  { kind: 'details', summary: hostile, blocks: [{ kind: 'text', text: hostile }] },
];
const report: Report = {
  title: hostile,
  lead: hostile,
  sections: [{ heading: hostile, blocks: every }],
  date: hostile,
};

describe('the page', () => {
  const html = renderHtml(report);

  test('escapes every text', () => {
    expect(html).not.toContain('<img');
    expect(html.match(/&lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;&amp;/g)?.length).toBe(17);
  });

  test('fetches nothing and runs nothing', () => {
    expect(html).not.toMatch(/<script|<link|<iframe|url\(|@import|src="/i);
    expect(html).toContain("default-src 'none'");
  });

  test('follows the reader from light to dark, and prints', () => {
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain('@media print');
  });
});

test('a report on runs shows board, bars, curves and provenance, and is the same text twice', async () => {
  const results = ['bpr', hostile].flatMap((lossName, k) =>
    [1, 2].map((seed) => runResult({ lossName, seed, metrics: { 'recall@20': 0.1 + k / 10 } })),
  );
  const options = { title: 'Two losses', command: 'losslab train --loss bpr' };
  const html = renderHtml(await runReport(results, options));
  expect(html.match(/<svg /g)).toHaveLength(3);
  for (const text of ['losslab train --loss bpr', 'Some CPU', 'hits / relevant items', 'abababababab…', '1, 2']) {
    expect(html).toContain(text);
  }
  expect(html).not.toContain('<img');
  expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg")/);
  expect(renderHtml(await runReport(results, options))).toBe(html);
});

test('a line does not end before a per cent sign, but in code it stays as it is', () => {
  const blocks: Block[] = [
    { kind: 'text', text: 'by 16 % or 5 %' },
    { kind: 'code', text: '16 %' },
  ];
  const html = renderHtml({ title: 't', sections: [{ heading: 'h', blocks }], date: '' });
  expect(html).toContain('<p>by 16&nbsp;% or 5&nbsp;%</p>');
  expect(html).toContain('<pre>16 %</pre>');
});

test('an interrupted run is said to be one', async () => {
  const html = renderHtml(await runReport([runResult({ status: 'interrupted' })], { title: 'One' }));
  expect(html).toContain('1 of 1 runs were interrupted');
});

test('a file is written whole, over an old one too, and nothing is left beside it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'losslab-report-'));
  const path = join(folder, 'deep', 'report.html');
  writeWhole(path, 'old');
  writeWhole(path, 'né');
  expect(readFileSync(path, 'utf8')).toBe('né');
  expect(readdirSync(join(folder, 'deep'))).toEqual(['report.html']);
});

test('where the folder is a file, the error names the path and the remedy', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'losslab-report-')), 'file');
  writeFileSync(file, '');
  expect(() => writeWhole(join(file, 'report.html'), 'x')).toThrow(/^\[report\] expected to write .*; choose a folder/);
});

test('provenance tells the commands that trained the runs, and their commits', () => {
  const session = {
    startedAt: '2024-05-06T07:00:00.000Z',
    epoch: 1,
    command: 'losslab train --loss bsl',
    ...{ engine: runResult().engine, versions: {}, machine: runResult().machine },
    git: { losslab: { commit: 'a'.repeat(40), modified: true }, project: { commit: 'b'.repeat(40), modified: false } },
  };
  const text = JSON.stringify(provenance([runResult({ sessions: [session] }), runResult()]));
  expect(text).toContain('losslab train --loss bsl');
  expect(text).toContain('losslab aaaaaaaaaaaa with changes, working directory bbbbbbbbbbbb; in no checkout');
});
