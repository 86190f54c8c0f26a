import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compact, deduplicate, kCore, labelByRating, ratingAtLeast } from '../src/index.ts';
import { rowsOf, tableOf, tables } from './tables.ts';

describe('k-core', () => {
  /** The definition: drop one row that has to go, look again. */
  function naiveCore(rows: number[][], leastOfUser: number, leastOfItem: number): number[][] {
    const count = (column: number, value: number) => rows.filter((row) => row[column] === value).length;
    const at = rows.findIndex(([user, item]) => count(0, user!) < leastOfUser || count(1, item!) < leastOfItem);
    return at < 0 ? rows : naiveCore(rows.toSpliced(at, 1), leastOfUser, leastOfItem);
  }

  test('is what is left when rows are dropped one at a time', () => {
    const size = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(tables(), size, size, (table, users, items) => {
        expect(rowsOf(kCore(table, { users, items }))).toEqual(naiveCore(rowsOf(table), users, items));
      }),
    );
  });

  test('unravels a chain to its end', () => {
    // Users 0-3 and items 0-3 are a 2-core; the chain behind it falls one link at a time.
    const core = [0, 1, 2, 3].flatMap(
      (u) =>
        [
          [u, u],
          [u, (u + 1) % 4],
        ] as const,
    );
    const chain = [4, 5, 6, 7, 8].flatMap(
      (k) =>
        [
          [k, k - 1],
          [k, k],
        ] as const,
    );
    const table = tableOf([...core, ...chain]);
    expect(rowsOf(kCore(table, { users: 2, items: 2 }))).toEqual(core);
  });
});

test('a rating threshold keeps the rows at it and above, in order', () => {
  const table = tableOf(
    [
      [0, 0],
      [1, 1],
      [0, 1],
    ],
    { ratings: Float32Array.of(4, 3.5, 5) },
  );
  expect(rowsOf(ratingAtLeast(table, 4))).toEqual([
    [0, 0, 4],
    [0, 1, 5],
  ]);
  expect(() => ratingAtLeast(tableOf([[0, 0]]), 4)).toThrow(
    '[data] expected ratings to compare with 4, got none; leave the threshold out, or say the rating column',
  );
});

describe('labels by rating', () => {
  const table = tableOf(
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    { ratings: Float32Array.of(5, 3, 1, 2) },
  );

  test('leave out what lies between the thresholds', () => {
    const { users, items, labels } = labelByRating(table, { positiveFrom: 4, negativeTo: 1 });
    expect([...users, ...items, ...labels]).toEqual([0, 1, 0, 0, 1, 0]);
    expect([...labelByRating(table, { positiveFrom: 3, negativeTo: 2 }).labels]).toEqual([1, 1, 0, 0]);
  });

  test('refuse thresholds that overlap and tables without ratings', () => {
    expect(() => labelByRating(table, { positiveFrom: 3, negativeTo: 3 })).toThrow(
      '[data] expected negativeTo < positiveFrom, got 3 and 3; move them apart',
    );
    expect(() => labelByRating(tableOf([[0, 0]]), { positiveFrom: 4, negativeTo: 1 })).toThrow(
      /expected ratings to label by/,
    );
  });
});

describe('de-duplication', () => {
  const table = tableOf(
    [
      [0, 1],
      [0, 1],
      [1, 0],
      [0, 1],
    ],
    {
      ratings: Float32Array.of(1, 2, 3, 4),
      timestamps: Float64Array.of(10, 30, 20, 30),
    },
  );

  test.each([
    ['first', [1, 3]],
    ['last', [3, 4]],
    ['latest', [3, 4]],
  ] as const)('keeps the %s row of a pair', (keep, ratings) => {
    expect(rowsOf(deduplicate(table, keep)).map((row) => row[2])).toEqual(ratings);
  });

  test('keeps one row of every pair, in the order of the table', () => {
    fc.assert(
      fc.property(tables(), fc.constantFrom('first', 'last', 'latest'), (table, keep) => {
        const rows = rowsOf(table).map((row, at) => ({ pair: `${row[0]} ${row[1]}`, time: row[3]!, at, row }));
        const best = new Map<string, (typeof rows)[number]>();
        for (const row of rows) {
          const known = best.get(row.pair);
          const wins = keep === 'last' || (keep === 'latest' && row.time >= (known?.time ?? 0));
          if (known === undefined || wins) best.set(row.pair, row);
        }
        const kept = [...best.values()].sort((a, b) => a.at - b.at).map(({ row }) => row);
        expect(rowsOf(deduplicate(table, keep))).toEqual(kept);
      }),
    );
  });

  test('cannot tell the latest without timestamps', () => {
    expect(() => deduplicate(tableOf([[0, 0]]), 'latest')).toThrow(
      /expected timestamps .*got none; keep the first or last/,
    );
  });
});

test('compaction renumbers what occurs and keeps its names', () => {
  const table = {
    ...tableOf([
      [3, 5],
      [1, 2],
    ]),
    itemCount: 9,
  };
  const ids = { users: ['a', 'b', 'c', 'd'], items: Array.from('stuvwxyz!') };
  const small = compact(table, ids);
  expect(rowsOf(small.table)).toEqual([
    [1, 1],
    [0, 0],
  ]);
  expect(small.ids).toEqual({ users: ['b', 'd'], items: ['u', 'x'] });
  expect([small.table.userCount, small.table.itemCount]).toEqual([2, 2]);
});
