import fc from 'fast-check';
import type { RowTable } from '../src/index.ts';

/** Tables of a few users and items, duplicates among their rows, with ratings 1-5 and timestamps. */
export const tables = (minLength = 0): fc.Arbitrary<RowTable> =>
  fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).chain(([userCount, itemCount]) =>
    fc
      .array(fc.tuple(fc.nat(userCount - 1), fc.nat(itemCount - 1), fc.integer({ min: 1, max: 5 }), fc.nat(20)), {
        minLength,
        maxLength: 60,
      })
      .map((rows) => ({
        userCount,
        itemCount,
        users: Int32Array.from(rows, ([user]) => user),
        items: Int32Array.from(rows, ([, item]) => item),
        ratings: Float32Array.from(rows, ([, , rating]) => rating),
        timestamps: Float64Array.from(rows, ([, , , time]) => time),
      })),
  );

/** The rows of a table as plain arrays. */
export function rowsOf(table: RowTable): number[][] {
  const { users, items, ratings, timestamps, labels } = table;
  const columns = [users, items, ratings, timestamps, labels].filter((column) => column !== undefined);
  return Array.from(users, (_, row) => columns.map((column) => column[row]!));
}

export function tableOf(pairs: readonly (readonly [number, number])[], more: Partial<RowTable> = {}): RowTable {
  return {
    userCount: Math.max(-1, ...pairs.map(([user]) => user)) + 1,
    itemCount: Math.max(-1, ...pairs.map(([, item]) => item)) + 1,
    users: Int32Array.from(pairs, ([user]) => user),
    items: Int32Array.from(pairs, ([, item]) => item),
    ...more,
  };
}
