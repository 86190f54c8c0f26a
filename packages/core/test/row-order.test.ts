import { rowsByPair, rowsByUser } from '@losslab/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const tables = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 80 }).map((rows) => ({
  userCount: 6,
  itemCount: 6,
  users: Int32Array.from(rows, ([user]) => user),
  items: Int32Array.from(rows, ([, item]) => item),
}));

test('rows by user are in the order of a comparison by user, then number', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const { users } = table;
      const { start, rows } = rowsByUser(table);
      expect([...rows]).toEqual([...users.keys()].sort((p, q) => users[p]! - users[q]! || p - q));
      for (let u = 0; u < 6; u++) {
        expect([...rows.subarray(start[u], start[u + 1])]).toEqual([...users.keys()].filter((row) => users[row] === u));
      }
    }),
  );
});

test('rows by pair are in the order of a comparison by user, then item, then number', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const { users, items } = table;
      const { rows } = rowsByPair(table);
      const byPair = (p: number, q: number) => users[p]! - users[q]! || items[p]! - items[q]! || p - q;
      expect([...rows]).toEqual([...users.keys()].sort(byPair));
    }),
  );
});
