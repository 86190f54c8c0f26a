import { expect, test } from 'vitest';
import { cellText, cellTone, comparisonTable, entriesOf, leaderboard } from '../src/index.ts';
import { runResult } from './fixture.ts';

const seeds = (lossName: string, recalls: number[]) =>
  recalls.map((recall, k) =>
    runResult({ lossName, seed: k + 1, metrics: { 'recall@20': recall, 'ndcg@20': recall / 2 } }),
  );

test('entries gather seeds, and the board puts the best mean first', () => {
  const entries = entriesOf([...seeds('bpr', [0.1, 0.2]), ...seeds('bsl', [0.3, 0.3])]);
  const board = leaderboard(entries);
  expect(board.columns.map((c) => c.heading)).toEqual([
    'loss',
    'recall@20',
    'ndcg@20',
    'best epoch',
    'training',
    'ms a step',
  ]);
  expect(board.rows.map((row) => row.map(cellText))).toEqual([
    ['bsl', '0.3000 ± 0.0000', '0.1500 ± 0.0000', '2, 2', '12 s', '4.2'],
    ['bpr', '0.1500 ± 0.0707', '0.0750 ± 0.0354', '2, 2', '12 s', '4.2'],
  ]);
  expect(board.rows.map((row) => cellTone(row[1]!))).toEqual(['strong', 'plain']);
});

test('a tie as printed is strong twice', () => {
  const board = leaderboard(entriesOf([...seeds('a', [0.30001]), ...seeds('b', [0.30002])]), {
    metrics: ['recall@20'],
  });
  expect(board.rows.map((row) => cellTone(row[1]!))).toEqual(['strong', 'strong']);
});

test('a fitted model has a name of its own and no epochs', () => {
  const { loss: _, ...rest } = runResult({ epochs: 0, bestEpoch: 0, stoppedBy: 'fit' });
  const { millisecondsPerStep: __, ...fitted } = { ...rest, model: { name: 'item-pop', options: {} } };
  const [row] = leaderboard(entriesOf([fitted])).rows;
  expect(row!.map(cellText)).toEqual(['item-pop', '0.2000', '0.1000', '–', '12 s', '–']);
});

test('published, ours, difference: to the printed places; what was not run is never ours', () => {
  const common = { dataset: 'gowalla', method: 'MF + SL', metric: 'recall@20' };
  const paper = { mean: 0.17314, sd: 0, count: 1 };
  const clean = { mean: 0.1765, sd: 0.0021, count: 3 };
  const table = comparisonTable(
    [
      { ...common, published: 0.176, ours: { paper, clean } },
      { ...common, published: 0.176, ours: { paper } },
      { ...common, ours: { clean } },
    ],
    ['paper', 'clean'],
  );
  expect(table.columns.slice(3).map((column) => column.heading)).toEqual([
    'published',
    'ours, paper',
    'difference',
    'ours, clean',
    'difference',
  ]);
  expect(table.rows.map((row) => row.slice(3).map(cellText))).toEqual([
    ['0.1760', '0.1731', '−0.0029 (−1.6 %)', '0.1765 ± 0.0021', '+0.0005 (+0.3 %)'],
    ['0.1760', '0.1731', '−0.0029 (−1.6 %)', 'not run', ''],
    ['–', 'not run', '', '0.1765 ± 0.0021', ''],
  ]);
  expect(comparisonTable([], ['paper']).columns.map((column) => column.heading)).toContain('ours');
});
