import { expect, test } from 'vitest';
import { formatMarkdownTable, formatTextTable, type Table } from '../src/index.ts';

const table: Table = {
  columns: [{ heading: 'loss' }, { heading: 'recall@20', align: 'right' }],
  rows: [
    ['bpr', '0.1616'],
    ['a | b', { text: '0.1882 ± 0.0003', tone: 'strong' }],
  ],
};

test('text columns are as wide as their widest cell, numbers flush right', () => {
  expect(formatTextTable(table).split('\n')).toEqual([
    'loss         recall@20',
    '─────  ───────────────',
    'bpr             0.1616',
    'a | b  0.1882 ± 0.0003',
  ]);
});

test('what a terminal could obey is left out of a text table', () => {
  const text = formatTextTable({ columns: [{ heading: 'x' }], rows: [['\u001b[2Jgone\nnext']] });
  expect(text).not.toContain('\u001b');
  expect(text.split('\n')).toHaveLength(3);
});

test('Markdown escapes its own signs and prints strong cells bold', () => {
  expect(formatMarkdownTable(table)).toBe(
    ['| loss | recall@20 |', '| --- | ---: |', '| bpr | 0.1616 |', '| a \\| b | **0.1882 ± 0.0003** |'].join('\n'),
  );
});

test('a table without rows keeps its head', () => {
  const empty = { columns: table.columns, rows: [] };
  expect(formatTextTable(empty)).toBe('loss  recall@20\n────  ─────────');
  expect(formatMarkdownTable(empty).split('\n')).toHaveLength(2);
});

test('a cell leads to a heading in Markdown, and is its text elsewhere', () => {
  const table: Table = { columns: [{ heading: 'at' }], rows: [[{ text: 'a [b]', anchor: 'a-b', tone: 'strong' }]] };
  expect(formatMarkdownTable(table).split('\n').at(-1)).toBe('| [**a \\[b\\]**](#a-b) |');
  expect(formatTextTable(table)).toBe('at\n─────\na [b]');
});
