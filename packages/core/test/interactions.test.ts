import { dataFacts, hasInteraction, interactionsFromTable, itemsOf, LosslabError } from '@losslab/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const table = (rows: [number, number, number?][], userCount = 4, itemCount = 5) => ({
  userCount,
  itemCount,
  users: Int32Array.from(rows, (row) => row[0]),
  items: Int32Array.from(rows, (row) => row[1]),
  ...(rows[0]?.[2] !== undefined && { ratings: Float32Array.from(rows, (row) => row[2]!) }),
});

describe('interactionsFromTable', () => {
  test('sorts within a user and keeps the last of a repeated pair', () => {
    const data = interactionsFromTable(
      table([
        [2, 4, 1],
        [0, 3, 2],
        [0, 1, 3],
        [2, 4, 5],
        [0, 3, 4],
      ]),
    );
    expect([...data.indptr]).toEqual([0, 2, 2, 3, 3]);
    expect([...data.indices]).toEqual([1, 3, 4]);
    expect([...data.ratings!]).toEqual([3, 4, 5]);
  });

  test('says which row is out of range', () => {
    expect(() => interactionsFromTable(table([[0, 5]]))).toThrow(
      new LosslabError('bad-data', '[core] expected user < 4 and item < 5, got (0, 5) in row 0; renumber the ids'),
    );
  });

  test('refuses columns of different lengths', () => {
    const broken = { ...table([[0, 1]]), ratings: new Float32Array(2) };
    expect(() => interactionsFromTable(broken)).toThrow('expected columns of one length');
  });

  test('keeps the rating of the last row of each pair, as a map does that rows are put into in turn', () => {
    const row = fc.tuple(fc.nat(3), fc.nat(4), fc.nat(99));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const { indptr, indices, ratings } = interactionsFromTable(table(rows));
        const last = new Map(rows.map(([u, i, rating]) => [`${u},${i}`, rating]));
        for (let u = 0; u < 4; u++) {
          for (let at = indptr[u]!; at < indptr[u + 1]!; at++) {
            expect(ratings![at]).toBe(last.get(`${u},${indices[at]}`));
          }
        }
        expect(indices.length).toBe(last.size);
      }),
    );
  });

  test('holds exactly the pairs of the table', () => {
    const pair = fc.tuple(fc.nat(3), fc.nat(4));
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const data = interactionsFromTable(table(pairs));
        const wanted = new Set(pairs.map(([u, i]) => `${u},${i}`));
        for (let u = 0; u < 4; u++) {
          expect([...itemsOf(data, u)]).toEqual([...itemsOf(data, u)].sort((a, b) => a - b));
          for (let i = 0; i < 5; i++) expect(hasInteraction(data, u, i)).toBe(wanted.has(`${u},${i}`));
        }
        expect(data.indices.length).toBe(wanted.size);
      }),
    );
  });
});

test('dataFacts counts degrees and averages ratings by item', () => {
  const facts = dataFacts(
    interactionsFromTable(
      table([
        [0, 1, 2],
        [1, 1, 5],
        [1, 4, 3],
      ]),
    ),
  );
  expect([...facts.userDegrees]).toEqual([1, 2, 0, 0]);
  expect([...facts.itemDegrees]).toEqual([0, 2, 0, 0, 1]);
  expect([...facts.itemMeanRatings!]).toEqual([0, (2 + 5) / 2, 0, 0, 3]);
});
