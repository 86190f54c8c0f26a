import { interactionsFromTable } from '@losslab/core';
import { desc, escape as plain, table } from 'arquero';
import { expect, test } from 'vitest';
import { fromArquero, toArquero } from '../src/index.ts';
import { rowsOf, tableOf } from './tables.ts';

const clicks = table({
  who: ['ann', 'bob', 'ann', 'cat'],
  what: [7, 8, 9, 7],
  stars: [4, 3, 5, 1],
  when: [new Date(1000), new Date(2000), new Date(3000), new Date(4500)],
});
const columns = { user: 'who', item: 'what', rating: 'stars', timestamp: 'when' };

test('rows come in the order that the table shows', () => {
  const { table: rows, ids } = fromArquero(clicks, columns);
  expect(rowsOf(rows)).toEqual([
    [0, 0, 4, 1],
    [1, 1, 3, 2],
    [0, 2, 5, 3],
    [2, 0, 1, 4.5],
  ]);
  expect(ids).toEqual({ users: ['ann', 'bob', 'cat'], items: ['7', '8', '9'] });
  const sorted = clicks.filter(plain((row: { stars: number }) => row.stars > 2)).orderby(desc('stars'));
  expect(rowsOf(fromArquero(sorted, { user: 'who', item: 'what' }).table)).toEqual([
    [0, 0],
    [0, 1],
    [1, 2],
  ]);
});

test('missing columns and odd cells are told', () => {
  expect(() => fromArquero(clicks, { user: 'whom', item: 'what' })).toThrow(
    '[data] expected a column "whom", got who, what, stars, when; name another',
  );
  const odd = table({ user: ['a', null], item: [1, 2], rating: [1, 'x'] });
  expect(() => fromArquero(odd, { user: 'user', item: 'item' })).toThrow(
    '[data] expected an id in column "user", row 1, got null; mend it',
  );
  expect(() => fromArquero(odd, { user: 'item', item: 'item', rating: 'rating' })).toThrow(
    /expected a number in column "rating", row 1, got "x"/,
  );
});

test('interactions and tables become Arquero tables and come back', async () => {
  const rows = tableOf(
    [
      [1, 0],
      [0, 1],
    ],
    { ratings: Float32Array.of(2, 3) },
  );
  const ids = { users: ['ann', 'bob'], items: ['x', 'y'] };
  expect((await toArquero(rows, ids)).objects()).toEqual([
    { user: 'bob', item: 'x', rating: 2 },
    { user: 'ann', item: 'y', rating: 3 },
  ]);
  const compressed = await toArquero(interactionsFromTable(rows), ids);
  expect(compressed.objects()).toEqual([
    { user: 'ann', item: 'y', rating: 3 },
    { user: 'bob', item: 'x', rating: 2 },
  ]);
  expect((await toArquero(rows)).objects()[0]).toEqual({ user: 1, item: 0, rating: 2 });
  const back = fromArquero(await toArquero(rows, ids), { user: 'user', item: 'item', rating: 'rating' });
  expect(back.ids).toEqual({ users: ['bob', 'ann'], items: ['x', 'y'] });
});
