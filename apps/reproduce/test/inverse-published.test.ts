import { describe, expect, test } from 'vitest';
import { inverse, judge, type Ours } from '../src/index.ts';
import { published } from '../src/inverse/published.ts';
import { publishedCells, publishedValue } from '../src/published.ts';
import { publishedAt } from '../src/report/measured.ts';

const cells = publishedCells(published);
const of = (table: string) => cells.filter((cell) => cell.table === table);
const value = (table: string, row: string, column: string): number => publishedValue(published, table, row, column)!;
const columns = ['NDCG', 'AUC', 'GAUC'];
const percent = (after: number, before: number): string => ((after / before - 1) * 100).toFixed(2);

describe('the published numbers of Inverse Learning', () => {
  test.each([
    ['1', 12 * 6],
    ['2', 12 * 6],
    ['3', 6 * 2],
    ['4', 5],
    ['5', 4],
  ])('table %s has %d cells, none twice', (table, count) => {
    expect(of(table)).toHaveLength(count);
    expect(new Set(of(table).map(({ row, column }) => `${row}|${column}`)).size).toBe(count);
    for (const { rows, columns: named } of published.tables) {
      for (const row of rows) expect(row.cells).toHaveLength(named.length);
    }
  });

  test('what is not there is lost in the text: three counts of ML1M', () => {
    const lost = cells.filter((cell) => cell.value === undefined);
    expect(lost.map(({ table, row, column, note }) => [table, row, column, note].join(' '))).toEqual(
      ['Positive', 'Negative', 'Total'].map((row) => `3 ${row} ML1M lost in the text`),
    );
  });

  test('metrics of Tables 1 and 2 lie between 0.6 and 1', () => {
    for (const cell of [...of('1'), ...of('2')]) {
      expect(cell.unit).toBe('fraction');
      expect(cell.value).toBeGreaterThan(0.6);
      expect(cell.value).toBeLessThan(1);
    }
  });

  // A slip of the pen in a cell shows in the next two.
  test('the rows that both tables have are the same', () => {
    for (const { row, column } of of('2').filter((cell) => !/S?RNS|DNS/.test(cell.row))) {
      expect(value('2', row, column), `${row} ${column}`).toBe(value('1', row, column));
    }
  });

  test('counts add up, and shares and densities follow from them', () => {
    expect(value('3', 'Positive', 'Micro Video') + value('3', 'Negative', 'Micro Video')).toBe(
      value('3', 'Total', 'Micro Video'),
    );
    const density = value('3', 'Total', 'Micro Video') / (37_692 * 131_690);
    expect((100 * density).toFixed(2)).toBe('0.19');
    for (const [count, share] of [
      ['Like', 'Like/Total'],
      ['Hate', 'Hate/Total'],
    ] as const) {
      const percentage = (100 * value('4', 'Micro Video', count)) / value('4', 'Micro Video', 'Total');
      expect(percentage.toFixed(2)).toBe(String(value('4', 'Micro Video', share)));
    }
  });

  test('Table 5’s finish rate is Table 1’s GMF without a method', () => {
    for (const column of ['AUC', 'GAUC']) {
      expect(value('5', 'Finish Rate', column)).toBe(value('1', 'GMF None', `Micro Video ${column}`));
    }
  });
});

describe('contradictions follow from the cells that they name', () => {
  const text = inverse.contradictions.map((c) => c.text).join('\n');

  test('each says where to look', () => {
    for (const { source } of inverse.contradictions)
      expect(source).toMatch(/§|eq\.|Table|Algorithm|Theorem|A\.\d|code/);
  });

  test('the density of ML1M is that of all ratings', () => {
    expect(((100 * 1_000_209) / (6041 * 3953)).toFixed(2)).toBe(String(value('3', 'Density', 'ML1M')));
  });

  test('NeuMF with IG is below GMF with IG on ML1M, in all three', () => {
    for (const column of columns) {
      const [neumf, gmf] = ['NeuMF IG', 'GMF IG'].map((row) => value('1', row, `ML1M ${column}`));
      expect(neumf).toBeLessThan(gmf!);
      expect(text).toContain(`.${String(neumf).slice(2)}/.${String(gmf).slice(2)}`);
    }
  });

  test('9.25 % is the gain on NeuMF without a method; with GMF it is 0.11 %', () => {
    const gain = (row: string) =>
      percent(value('1', `${row} IG`, 'Micro Video AUC'), value('1', `${row} None`, 'Micro Video AUC'));
    expect([gain('NeuMF'), gain('GMF')]).toEqual(['9.25', '0.11']);
  });

  test('an underlined IDL has the least GAUC of its column', () => {
    const gmf = published.tables[0]!.rows.filter(({ row }) => row.startsWith('GMF'));
    const least = Math.min(...gmf.map(({ row }) => value('1', row, 'ML1M GAUC')));
    expect(value('1', 'GMF IDL', 'ML1M GAUC')).toBe(least);
    expect(gmf.find(({ row }) => row === 'GMF IDL')!.underlined).toEqual(['ML1M GAUC']);
  });
});

test('claims by the paper’s own tables: NeuMF with IG is not above GMF with IG on ML1M', () => {
  const verdicts = inverse.experiments
    .filter(({ view }) => view.kind === 'table')
    .flatMap((experiment) => {
      const ours: Ours = (dataset, method, metric, point) => {
        const mean = publishedAt(experiment, published, { dataset, method, metric, point });
        return mean === undefined ? undefined : { mean, sd: 0, count: 1, isUnfinished: false };
      };
      return experiment.claims.map((claim) => {
        const at = { dataset: 'ml-1m-inverse', metrics: [...claim.metrics!], points: [[]], ours };
        return judge(claim, 'paper', at).verdict;
      });
    });
  const [holds, not, open] = ['holds', 'does not hold', 'cannot be told'];
  expect(verdicts).toEqual([holds, holds, holds, holds, holds, not, holds, open]); // NeuMF's NDCG: .9214 to .9172
});

test('the gains claimed of IG are those of Table 1', () => {
  const gains = columns.map((column) =>
    percent(value('1', 'GMF IG', `ML1M ${column}`), value('1', 'GMF None', `ML1M ${column}`)),
  );
  expect(gains).toEqual(['2.54', '8.43', '10.45']);
});
