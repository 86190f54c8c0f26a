import { dataFacts, hasInteraction, interactionsFromTable } from '@losslab/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carveValidation, parseSplit, type SplitSpec, splitRows } from '../src/index.ts';
import { shareOf } from '../src/split/split.ts';
import { rowsOf, tableOf, tables } from './tables.ts';

const SPECS: SplitSpec[] = [
  { kind: 'random', test: 0.3, valid: 0.2 },
  { kind: 'per-user', test: 0.2, valid: 0.1 },
  { kind: 'temporal', test: 0.25, valid: 0.25 },
  { kind: 'leave-one-out', valid: true },
  { kind: 'leave-one-out', by: 'random' },
];

/** A table in which every user has enough rows for any split. */
const busyTable = tableOf(
  Array.from({ length: 400 }, (_, k) => [k % 10, (k * 7) % 97] as const),
  { timestamps: Float64Array.from({ length: 400 }, (_, k) => (k * 31) % 101) },
);

describe.each(SPECS)('a split by %j', (spec) => {
  test('puts every row into exactly one part', () => {
    fc.assert(
      fc.property(tables(), fc.nat(), (table, seed) => {
        let split: ReturnType<typeof splitRows>;
        try {
          split = splitRows(table, spec, seed);
        } catch (error) {
          expect((error as Error).message).toMatch(/expected rows in the (train|test) part of a .* split, got none of/);
          return;
        }
        const all = [...split.train, ...split.valid, ...split.test].sort((a, b) => a - b);
        expect(all).toEqual(Array.from(table.users.keys()));
        for (const rows of [split.train, split.valid, split.test]) expect(rows).toEqual(rows.slice().sort());
      }),
    );
  });

  test('is the same for the same seed', () => {
    expect(splitRows(busyTable, spec, 5)).toEqual(splitRows(busyTable, spec, 5));
    const isSeeded = spec.kind !== 'temporal' && !(spec.kind === 'leave-one-out' && spec.by === undefined);
    const other = splitRows(busyTable, spec, 6);
    if (isSeeded) expect(other).not.toEqual(splitRows(busyTable, spec, 5));
    else expect(other).toEqual(splitRows(busyTable, spec, 5));
  });
});

test('a random split takes the shares of all rows', () => {
  const { train, valid, test: held } = splitRows(busyTable, { kind: 'random', test: 0.3, valid: 0.2 }, 1);
  expect([train.length, valid.length, held.length]).toEqual([200, 80, 120]);
});

test("a per-user split takes the shares of each user's rows", () => {
  const { train, valid, test: held } = splitRows(busyTable, { kind: 'per-user', test: 0.2, valid: 0.1 }, 1);
  const perUser = (rows: Int32Array) =>
    Array.from({ length: 10 }, (_, u) => rows.filter((row) => busyTable.users[row] === u).length);
  expect([train, valid, held].map((rows) => new Set(perUser(rows)))).toEqual([
    new Set([28]),
    new Set([4]),
    new Set([8]),
  ]);
});

test('a temporal split leaves nothing of the test part before the training part', () => {
  const { train, valid, test: held } = splitRows(busyTable, { kind: 'temporal', test: 0.2, valid: 0.1 }, 1);
  const times = (rows: Int32Array) => Array.from(rows, (row) => busyTable.timestamps![row]!);
  expect(Math.max(...times(train))).toBeLessThanOrEqual(Math.min(...times(valid)));
  expect(Math.max(...times(valid))).toBeLessThanOrEqual(Math.min(...times(held)));
  expect([train.length, valid.length, held.length]).toEqual([280, 40, 80]);
});

test('leave-one-out takes the latest row of each user, of equal ones the last, and the one before for validation', () => {
  const table = tableOf(
    [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [2, 0],
    ],
    { timestamps: Float64Array.of(9, 3, 9, 2, 1, 5) },
  );
  const { train, valid, test: held } = splitRows(table, { kind: 'leave-one-out', valid: true }, 1);
  expect([[...train], [...valid], [...held]]).toEqual([[1, 4, 5], [0], [2, 3]]);
});

test('what cannot be split is told', () => {
  for (const seed of [-1, 0.5, Number.NaN]) {
    expect(() => splitRows(busyTable, { kind: 'random' }, seed)).toThrow(
      `[data] expected a whole seed of 0 or more, got ${seed}; choose another`,
    );
  }
  const plain = tableOf([
    [0, 0],
    [0, 1],
  ]);
  expect(() => splitRows(plain, { kind: 'temporal' }, 1)).toThrow(
    '[data] expected timestamps to split by time, got none; say the timestamp column, or split at random',
  );
  expect(() => splitRows(plain, { kind: 'random', test: 1 }, 1)).toThrow(/expected shares .*got 1 and 0; mend them/);
  expect(() => splitRows(plain, { kind: 'random', test: 0.1 }, 1)).toThrow(
    '[data] expected rows in the test part of a random split, got none of 2 rows; choose other shares',
  );
});

test('splits are read from text', () => {
  expect(parseSplit('random')).toEqual({ kind: 'random' });
  expect(parseSplit('per-user:80/20')).toEqual({ kind: 'per-user', test: 0.2 });
  expect(parseSplit('temporal:0.7/0.1/0.2')).toEqual({ kind: 'temporal', test: 0.2, valid: 0.1 });
  expect(parseSplit('leave-one-out')).toEqual({ kind: 'leave-one-out' });
  expect(() => parseSplit('per_user')).toThrow(/expected a known split, got "per_user"; did you mean "per-user"\?/);
  for (const wrong of ['random:80', 'random:80/30', 'random:a/b', 'random:-20/120', 'random:1/1/1/97']) {
    expect(() => parseSplit(wrong)).toThrow(`that sum to 1 or 100, got ${wrong}; write per-user:80/20`);
  }
  expect(() => parseSplit('leave-one-out:80/20')).toThrow(/leave-one-out without shares/);
});

describe('the validation part of protocol clean', () => {
  test('is ten per cent of each user, rounded, at least one of three or more', () => {
    expect([0, 1, 2, 3, 14, 15, 24, 25, 100].map((count) => shareOf(count, 0.1))).toEqual([0, 0, 0, 1, 1, 2, 2, 3, 10]);
  });

  test('and the rest are the training part, nothing lost and nothing twice', () => {
    fc.assert(
      fc.property(tables(), fc.nat(), (table, seed) => {
        const whole = interactionsFromTable(table);
        const { train, valid } = carveValidation(whole, seed);
        const degrees = dataFacts(valid).userDegrees;
        expect([...degrees]).toEqual([...dataFacts(whole).userDegrees].map((count) => shareOf(count, 0.1)));
        expect(train.indices.length + valid.indices.length).toBe(whole.indices.length);
        for (let u = 0; u < whole.userCount; u++) {
          for (let at = whole.indptr[u]!; at < whole.indptr[u + 1]!; at++) {
            const item = whole.indices[at]!;
            expect(hasInteraction(train, u, item)).not.toBe(hasInteraction(valid, u, item));
          }
        }
      }),
    );
  });

  test('depends on the seed, and not on the order of the file or on other users', () => {
    const rows = rowsOf({ ...busyTable, timestamps: undefined } as never) as [number, number][];
    const valid = (pairs: [number, number][], seed: number) =>
      carveValidation(interactionsFromTable({ ...tableOf(pairs), userCount: 10, itemCount: 97 }), seed).valid;
    expect(valid(rows.toReversed(), 1)).toEqual(valid(rows, 1));
    expect(valid(rows, 2)).not.toEqual(valid(rows, 1));
    const alone = valid(
      rows.filter(([user]) => user === 4),
      1,
    );
    const among = valid(rows, 1);
    expect(alone.indices).toEqual(among.indices.slice(among.indptr[4]!, among.indptr[5]!));
  });
});
