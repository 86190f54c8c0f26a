import { itemsOf } from '@losslab/core';
import { describe, expect, test } from 'vitest';
import { datasetOf, formatStatistics, type RowTable, statistics } from '../src/index.ts';
import { rowsOf, tableOf } from './tables.ts';

const ten = tableOf(Array.from({ length: 10 }, (_, item) => [0, item] as const));
const sized = (table: RowTable) => ({ ...table, userCount: 1, itemCount: 12 });
const source = (train: RowTable, test: RowTable, valid?: RowTable) => ({
  name: 'toy',
  parts: { train: sized(train), test: sized(test), ...(valid && { valid: sized(valid) }) },
  ids: { users: ['ann'], items: [] },
  checksum: 'abc',
  provenance: ['Made up.'],
});
const held = tableOf([[0, 11]]);

describe('protocols', () => {
  test('clean takes a validation part out of the training part and of its table, and says so', () => {
    const dataset = datasetOf(source(ten, held), { protocol: 'clean', seed: 3 });
    expect([dataset.train, dataset.valid!, dataset.test].map((part) => part.indices.length)).toEqual([9, 1, 1]);
    expect(dataset.table!.items).toEqual(dataset.train.indices);
    expect(dataset.provenance).toEqual([
      'Made up.',
      "10 % of each user's training items (1 of 10, seed 3) became the validation part (protocol clean).",
    ]);
  });

  test('clean leaves a given validation part alone', () => {
    const dataset = datasetOf(source(ten, held, tableOf([[0, 10]])), { protocol: 'clean', seed: 3 });
    expect([...dataset.valid!.indices]).toEqual([10]);
    expect(dataset.train.indices.length).toBe(10);
    expect(dataset.provenance).toEqual(['Made up.']);
  });

  test('paper takes none', () => {
    const dataset = datasetOf(source(ten, held), { protocol: 'paper', seed: 3 });
    expect([dataset.valid, dataset.train.indices.length]).toEqual([undefined, 10]);
    expect(dataset.provenance.at(-1)).toMatch(/under protocol paper the test part chooses the epoch/);
  });

  test('clean needs users with three items', () => {
    const small = source(
      tableOf([
        [0, 1],
        [0, 2],
      ]),
      held,
    );
    expect(() => datasetOf(small, { protocol: 'clean', seed: 3 })).toThrow(
      '[data] expected training items in toy to validate on, got no user with three or more; use protocol paper',
    );
  });
});

test('repeated and shared pairs are counted', () => {
  const twice = tableOf([
    [0, 5],
    [0, 6],
    [0, 5],
  ]);
  const { provenance, table } = datasetOf(
    source(
      twice,
      tableOf([
        [0, 6],
        [0, 7],
      ]),
    ),
    { protocol: 'paper', seed: 1 },
  );
  expect(provenance).toContain('1 rows of the train part repeat a pair; the last row of each pair counts.');
  expect(provenance).toContain('1 pairs of the held-out parts are in the training part too, and masked at test.');
  expect(rowsOf(table!)).toEqual([
    [0, 5],
    [0, 6],
    [0, 5],
  ]);
});

test('a part without interactions is an error', () => {
  expect(() => datasetOf(source(ten, tableOf([])), { protocol: 'clean', seed: 1 })).toThrow(
    '[data] expected interactions in the test part, got none; choose another split or file',
  );
});

describe('labels', () => {
  const labelled = (pairs: [number, number][], ...labels: number[]) =>
    tableOf(pairs, { labels: Float32Array.from(labels) });

  test('make pairs of either label, and interactions of the liked ones', () => {
    const train = labelled(
      [
        [0, 4],
        [0, 2],
        [0, 3],
      ],
      1,
      0,
      1,
    );
    const dataset = datasetOf(
      source(
        train,
        labelled(
          [
            [0, 1],
            [0, 0],
          ],
          1,
          0,
        ),
      ),
      { protocol: 'paper', seed: 1 },
    );
    expect([...itemsOf(dataset.train, 0)]).toEqual([3, 4]);
    expect(dataset.train.ratings).toBeUndefined();
    expect(rowsOf(dataset.table!)).toEqual([
      [0, 4],
      [0, 3],
    ]);
    const { items, labels } = dataset.labelled!.train;
    expect([[...items], [...labels]]).toEqual([
      [2, 3, 4],
      [0, 1, 1],
    ]);
    expect(statistics(dataset).labelled).toEqual({ train: { pairs: 3, ones: 2 / 3 }, test: { pairs: 2, ones: 0.5 } });
  });

  test('are carved with their pairs', () => {
    const train = labelled(
      Array.from({ length: 10 }, (_, item) => [0, item]),
      ...Array(10).fill(1),
    );
    const { labelled: parts, ...dataset } = datasetOf(source(train, labelled([[0, 11]], 1)), {
      protocol: 'clean',
      seed: 1,
    });
    expect([parts!.train.labels.length, parts!.valid!.labels.length]).toEqual([9, 1]);
    expect(dataset.valid!.indices).toEqual(parts!.valid!.items);
    expect(dataset.table!.users.length).toBe(9);
  });

  test('must be in every part', () => {
    expect(() => datasetOf(source(labelled([[0, 1]], 1), held), { protocol: 'paper', seed: 1 })).toThrow(
      '[data] expected labels in every part of toy or in none, got 1 of 2; say the format and its columns',
    );
  });
});

test('statistics count by part, and print', () => {
  const parts = {
    train: tableOf(
      [
        [0, 0],
        [0, 1],
        [0, 2],
        [1, 0],
        [2, 3],
      ],
      { userCount: 4, itemCount: 5 },
    ),
    valid: tableOf([[1, 1]], { userCount: 4, itemCount: 5 }),
    test: tableOf(
      [
        [1, 2],
        [2, 0],
      ],
      { userCount: 4, itemCount: 5 },
    ),
  };
  const dataset = datasetOf({ ...source(ten, held), parts }, { protocol: 'clean', seed: 1 });
  const stats = statistics(dataset);
  expect(stats).toEqual({
    users: 4,
    items: 5,
    train: 5,
    valid: 1,
    test: 2,
    density: 8 / 20,
    userDegrees: { min: 0, quarter: 1, median: 1, threeQuarters: 1, max: 3 },
    itemDegrees: { min: 0, quarter: 1, median: 1, threeQuarters: 1, max: 2 },
  });
  expect(formatStatistics(stats).split('\n')).toEqual([
    'users                   4',
    'items                   5',
    'interactions            8',
    'train / valid / test    5 / 1 / 2',
    'density                 40.000 %',
    'training items a user   0 / 1 / 1 / 1 / 3 (min / quarter / median / three quarters / max)',
    'training users an item  0 / 1 / 1 / 1 / 2',
  ]);
});
