import { interactionsFromTable } from '@losslab/core';
import { desc, escape as plain, table } from 'arquero';
import { expect, test } from 'vitest';
import { fromArquero, openArquero, toArquero } from '../src/index.ts';
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

test('a table opens as a data set, filtered and split', () => {
  const rows = Array.from({ length: 300 }, (_, k) => k);
  const plays = table({
    user: rows.map((k) => `u${k % 10}`),
    movieId: rows.map((k) => (k * 7) % 90),
    stars: rows.map((k) => 1 + (k % 5)),
  });
  const options = { protocol: 'clean', seed: 1, split: 'per-user:80/20', minRating: 4 } as const;
  const dataset = openArquero(plays, { ...options, name: 'plays' });
  expect(dataset.name).toBe('plays');
  expect(dataset.provenance.slice(0, 2)).toEqual([
    'An Arquero table of 300 rows.',
    'Ratings of 4 or more: 120 of 300 rows stay.',
  ]);
  expect(dataset.valid!.indices.length).toBeGreaterThan(0);
  expect(openArquero(plays, options).checksum).toBe(dataset.checksum);
  const renamed = plays.rename({ user: 'who' });
  const columns = { user: 'who', item: 'movieId', rating: 'stars' };
  expect(openArquero(renamed, { ...options, columns }).train).toEqual(dataset.train);
  expect(() => openArquero(renamed, options)).toThrow(
    '[data] expected columns that name a user and an item, got who, movieId, stars; say which they are',
  );
  const other = plays.filter(plain((row: { user: string }) => row.user !== 'u9'));
  expect(openArquero(other, options).checksum).not.toBe(dataset.checksum);
});

test('labels of a table are labels of its pairs', () => {
  const rows = Array.from({ length: 80 }, (_, k) => k);
  const columns = { user: rows.map((k) => `u${k % 4}`), item: rows, label: rows.map((k) => k % 3 === 0) };
  const dataset = openArquero(table(columns), { protocol: 'paper', seed: 1 });
  expect(dataset.labelled!.train.labels.filter((label) => label === 1).length).toBe(dataset.train.indices.length);
  const odd = table({ ...columns, label: rows.map(() => null) });
  expect(() => openArquero(odd, { protocol: 'paper', seed: 1 })).toThrow(
    '[data] expected a label 0 or 1 in column "label", row 0, got null; mend it',
  );
});
