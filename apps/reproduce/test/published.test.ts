import { describe, expect, test } from 'vitest';
import { published } from '../src/bsl/published.ts';
import { publishedCells, publishedSchema, publishedValue } from '../src/published.ts';

const cells = publishedCells(published);
const of = (table: string) => cells.filter((cell) => cell.table === table);
const datasets = ['Amazon', 'Yelp2018', 'Gowalla', 'Movielens-1M'];

describe('the published numbers of BSL', () => {
  test.each([
    ['I', 4 * 4],
    ['II', (10 + 3 * 5) * 8],
    ['III', 9 * 8 + 6 * 8 + 9],
    ['IV', 4 * 3 * 8],
  ])('table %s has %d cells', (table, count) => {
    expect(of(table)).toHaveLength(count);
  });

  test('no table, column of a table or row of a table comes twice', () => {
    const names = published.tables.map((t) => t.table);
    expect(new Set(names).size).toBe(names.length);
    const keys = cells.map((cell) => [cell.table, cell.row, cell.column].join('|'));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('rows have a cell a column, and notes, underlines and improvements belong to columns', () => {
    for (const { columns, rows } of published.tables) {
      const known = new Set([...columns.map((c) => c.column), 'Avg.']);
      for (const row of rows) {
        expect(row.cells).toHaveLength(columns.length);
        expect(row.improvements?.length ?? columns.length).toBe(columns.length);
        for (const name of [...Object.keys(row.notes ?? {}), ...(row.underlined ?? [])]) expect(known).toContain(name);
      }
    }
  });

  test('what is not there is null and says why; what is there needs no note', () => {
    for (const cell of cells) expect(cell.note === undefined).toBe(cell.value !== undefined);
    expect(of('II').filter((cell) => cell.note === 'printed as -')).toHaveLength(4);
    const lost = of('III').filter((cell) => cell.note === 'lost in the text' && !cell.column.endsWith('improvement'));
    expect(lost.map((cell) => `${cell.row} ${cell.column}`)).toEqual([
      'SimSGL + SL Gowalla NDCG@20',
      'LightGCL + SL Yelp2018 NDCG@20',
      'LightGCL + SL Gowalla NDCG@20',
    ]);
  });

  test('metrics lie between 0 and 0.3, percentages below 25', () => {
    for (const cell of cells.filter((c) => c.table !== 'I' && c.value !== undefined)) {
      expect(cell.unit).toBe(cell.printed!.endsWith('%') ? 'percent' : 'fraction');
      const [low, high] = cell.unit === 'percent' ? [-2, 25] : [0.007, 0.3];
      expect(cell.value).toBeGreaterThan(low);
      expect(cell.value).toBeLessThan(high);
    }
  });

  test('the densities of Table I are interactions / (users × items), as its own columns have them', () => {
    for (const row of datasets) {
      const [users, items, interactions, density] = ['#Users', '#Items', '#Interactions', 'Density'].map(
        (column) => publishedValue(published, 'I', row, column)!,
      );
      const computed = (100 * interactions!) / (users! * items!);
      if (row !== 'Movielens-1M') expect(Math.abs(computed - density!)).toBeLessThanOrEqual(0.001);
      else expect(Math.abs(computed - density!)).toBeLessThanOrEqual(0.002); // 5.4305 %, printed 5.431 %
    }
  });

  // A slip of the pen in a cell shows here: its percentage no longer follows. The paper has eight such of its own.
  test("improvements follow from their cells to what rounding leaves open, but for the paper's own exceptions", () => {
    const exceptions = improvements().filter(({ before, after, printed }) => {
      const half = 0.00005; // half a unit of the last place
      const low = 100 * ((after - half) / (before + half) - 1) - 0.005;
      const high = 100 * ((after + half) / (before - half) - 1) + 0.005;
      return printed < low - 1e-9 || printed > high + 1e-9;
    });
    expect(exceptions.map((e) => e.name)).toEqual([
      'III SimSGL + SL Yelp2018 Recall@20',
      'III SimSGL + SL Yelp2018 NDCG@20',
      'III SimSGL + BSL Yelp2018 Recall@20',
      'III SimSGL + BSL Yelp2018 NDCG@20',
      'III LightGCL + SL Gowalla Recall@20',
      'III LightGCL + BSL Gowalla Recall@20',
      'III LightGCL + BSL Gowalla NDCG@20',
      'IV 30% Movielens-1M NDCG@20',
    ]);
  });

  test('the averages of Table III follow from its improvements, where none is lost', () => {
    for (const row of ['SGL + SL', 'SGL + BSL', 'SimSGL + BSL', 'LightGCL + BSL']) {
      const gains = of('III').filter((cell) => cell.row === row && cell.column.endsWith('improvement'));
      const mean = gains.reduce((sum, cell) => sum + cell.value!, 0) / 8;
      expect(mean).toBeCloseTo(publishedValue(published, 'III', row, 'Avg.')!, 1);
    }
  });

  test("the SGL, SimSGL rows without a loss are Table II's", () => {
    for (const model of ['SGL', 'SimSGL']) {
      const row = (table: string) =>
        of(table)
          .filter((c) => c.row === model && c.column !== 'Avg.')
          .map((c) => c.printed);
      expect(row('III')).toEqual(row('II'));
    }
  });
});

test('the schema refuses what no paper prints', () => {
  const broken = structuredClone(published);
  broken.tables[1]!.rows[0]!.cells[0] = '0.36.2';
  expect(() => publishedSchema.parse(broken)).toThrow();
});

/** Every printed improvement with the two cells that it compares. */
function improvements(): { name: string; before: number; after: number; printed: number }[] {
  const columns = datasets.flatMap((d) => [`${d} Recall@20`, `${d} NDCG@20`]);
  const value = (table: string, row: string, column: string) => publishedValue(published, table, row, column);
  const three = ['SGL', 'SimSGL', 'LightGCL'].flatMap((model) =>
    ['SL', 'BSL'].flatMap((loss) =>
      columns.map((column) => ({
        name: `III ${model} + ${loss} ${column}`,
        before: value('III', model, column),
        after: value('III', `${model} + ${loss}`, column),
        printed: value('III', `${model} + ${loss}`, `${column} improvement`),
      })),
    ),
  );
  const four = ['10%', '20%', '30%', '40%'].flatMap((ratio) =>
    columns.map((column) => ({
      name: `IV ${ratio} ${column}`,
      before: value('IV', `${ratio} MF-SL`, column),
      after: value('IV', `${ratio} MF-BSL`, column),
      printed: value('IV', `${ratio} %Improv.`, column),
    })),
  );
  return [...three, ...four].filter((gain) => gain.after !== undefined) as ReturnType<typeof improvements>;
}
