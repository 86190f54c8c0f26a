import { describe, expect, test } from 'vitest';
import { publishedCells, publishedValue } from '../src/published.ts';
import { published } from '../src/vbpr/published.ts';

const cells = publishedCells(published);
const of = (table: string) => cells.filter((cell) => cell.table === table);
const value = (table: string, row: string, column: string): number => publishedValue(published, table, row, column)!;
const columnsOf = (table: string): string[] => [...new Set(of(table).map(({ column }) => column))];
const datasets = ['MovieLens100K', 'MovieLens1M', 'Gowalla', 'Yelp2018'];

/** Whether `percent` follows from two cells of four digits, to what their rounding and its own leave open. */
function follows(percent: number, before: number, after: number): boolean {
  const half = 0.00005;
  const low = 100 * ((after - half) / (before + half) - 1) - 0.005;
  const high = 100 * ((after + half) / (before - half) - 1) + 0.005;
  return percent >= low - 1e-9 && percent <= high + 1e-9;
}

describe('the published numbers of Variational BPR', () => {
  test.each([
    ['1', (14 + 1) * 8],
    ['2', 4 * 3 * 6],
  ])('table %s has %d cells, each with a number and none twice', (table, count) => {
    expect(of(table)).toHaveLength(count);
    expect(of(table).every((cell) => cell.value !== undefined)).toBe(true);
    expect(new Set(of(table).map(({ row, column }) => `${row}|${column}`)).size).toBe(count);
    for (const { rows, columns } of published.tables) {
      for (const row of rows) expect(row.cells).toHaveLength(columns.length);
    }
  });

  test('metrics lie between 0.05 and 0.5, improvements between 3 and 41 %', () => {
    for (const cell of cells) {
      const isImprovement = cell.row.endsWith('Improv.');
      expect(cell.unit).toBe(isImprovement ? 'percent' : 'fraction');
      const [low, high] = isImprovement ? [3, 41] : [0.05, 0.5];
      expect(cell.value).toBeGreaterThan(low);
      expect(cell.value).toBeLessThan(high);
    }
  });

  // A slip of the pen in a cell shows in the next two: its percentage no longer follows.
  test('the improvements of Table 2 follow from its cells', () => {
    for (const dataset of datasets) {
      for (const column of columnsOf('2')) {
        const [before, after, printed] = ['BPR', 'Varitional-BPR', 'Improv.'].map((row) =>
          value('2', `${dataset} ${row}`, column),
        );
        expect(follows(printed!, before!, after!), `${dataset} ${column}`).toBe(true);
      }
    }
  });

  test('the improvements of Table 1 follow from the best other method, but for two that follow from another', () => {
    const others = published.tables[0]!.rows.map(({ row }) => row).slice(0, -2);
    const exceptions = columnsOf('1').filter((column) => {
      const best = Math.max(...others.map((row) => value('1', row, column)));
      return !follows(value('1', 'Improv.', column), best, value('1', 'Varitional BPR', column));
    });
    expect(exceptions).toEqual(['MovieLens100K Recall@20', 'MovieLens1M Recall@20']);
    for (const column of exceptions) {
      const [other, ours, printed] = ['AdvInfoNCE', 'Varitional BPR', 'Improv.'].map((row) => value('1', row, column));
      expect(follows(printed!, other!, ours!), column).toBe(true);
    }
  });

  test('the two methods of both tables have the same cells on MF', () => {
    for (const dataset of datasets) {
      for (const metric of ['Recall@20', 'NDCG@20']) {
        for (const [one, two] of [
          ['BPR', 'BPR'],
          ['Varitional BPR', 'Varitional-BPR'],
        ] as const) {
          expect(value('2', `${dataset} ${two}`, `MF ${metric}`)).toBe(value('1', one, `${dataset} ${metric}`));
        }
      }
    }
  });
});
