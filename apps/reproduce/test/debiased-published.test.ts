import { expect, test } from 'vitest';
import published from '../src/debiased/published.json' with { type: 'json' };

interface Row {
  readonly row: string;
  readonly cells: readonly (string | null)[];
  readonly average?: string;
  readonly notes?: Readonly<Record<string, string>>;
}

const table = (name: string) => published.tables.find((t) => t.table === name)!;
const rowsOf = (name: string): readonly Row[] => table(name).rows;
const cellsOf = (name: string, row: string) => rowsOf(name).find((r) => r.row === row)!.cells;
const number = (text: string | null): number => Number(text!.replace(/[,%]/g, ''));

test.each([
  ['1', 3, 3],
  ['2', 13, 6],
  ['3', 14, 6],
])('table %s has %d rows of %d cells, none twice', (name, rows, columns) => {
  const names = rowsOf(name).map(({ row }) => row);
  expect(names).toHaveLength(rows);
  expect(new Set(names).size).toBe(rows);
  expect(table(name).columns).toHaveLength(columns);
  for (const { cells } of rowsOf(name)) expect(cells).toHaveLength(columns);
});

test('cells are numbers as printed, in per cent but for Table 1; what is not there says why', () => {
  for (const { table: name, columns, rows } of published.tables) {
    for (const { cells, notes, average } of rows as readonly Row[]) {
      for (const [c, cell] of cells.entries()) {
        const { column, unit } = columns[c]!;
        expect(unit).toBe(name === '1' ? 'count' : 'percent');
        expect(notes?.[column]).toBe(cell === null ? 'printed as -' : undefined);
        if (cell !== null)
          expect(cell).toMatch(name === '1' ? /^\d{1,3}(,\d{3})+$/ : /^(\d{1,2}(\.\d\d?)?|-?\d{1,2}\.\d\d%)$/);
      }
      if (average !== undefined) expect(average).toMatch(/^\d{1,2}\.\d\d%$/);
    }
  }
});

test('metrics lie between 2 and 19 per cent', () => {
  const metrics = [...rowsOf('2'), ...rowsOf('3')]
    .filter(({ row }) => !row.endsWith('RI%'))
    .flatMap(({ cells }) => cells);
  for (const cell of metrics.filter((text) => text !== null)) {
    expect(number(cell)).toBeGreaterThanOrEqual(2);
    expect(number(cell)).toBeLessThan(19);
  }
});

/** Rows of improvements with what they compare. */
const improvements = [
  ['CCL RI%', 'CCL biased', 'CCL debiased'],
  ['MSE RI%', 'MSE biased', 'MSE debiased'],
  ['InfoNCE RI%', 'InfoNCE biased', 'InfoNCE debiased'],
  ['MINE RI%', 'InfoNCE biased', 'MINE'],
  ['MINE+ RI%', 'InfoNCE biased', 'MINE+'],
] as const;

test.each(improvements)('%s follows from %s and %s to what rounding leaves open', (row, before, after) => {
  const half = 0.005; // half a unit of the last place
  cellsOf('2', row).forEach((printed, c) => {
    const [from, to] = [number(cellsOf('2', before)[c]!), number(cellsOf('2', after)[c]!)];
    expect(number(printed)).toBeGreaterThanOrEqual(100 * ((to - half) / (from + half) - 1) - half);
    expect(number(printed)).toBeLessThanOrEqual(100 * ((to + half) / (from - half) - 1) + half);
  });
});

test.each(improvements)('the average of %s is the mean of its cells', (row) => {
  const { cells, average } = rowsOf('2').find((r) => r.row === row)!;
  expect(number(average!)).toBeCloseTo(cells.reduce((sum, cell) => sum + number(cell), 0) / 6, 1);
});

test('rows of Table 3 that are rows of Table 2, but for a cell of MINE+ that the paper prints as 4.05 and 4.06', () => {
  expect(cellsOf('3', 'MF-CCL**')).toEqual(cellsOf('2', 'CCL biased'));
  expect(cellsOf('3', 'MF-CCL-debiased (ours)')).toEqual(cellsOf('2', 'CCL debiased'));
  expect(cellsOf('2', 'MINE+').at(-1)).toBe('4.05');
  expect(cellsOf('3', 'MF-MINE+ (ours)')).toEqual(cellsOf('2', 'MINE+').with(-1, '4.06'));
});
