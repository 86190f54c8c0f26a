import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasInteraction } from '@losslab/core';
import { generate, LABEL_RULES, openDataset, type RowTable } from '@losslab/data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labelRows } from '../src/table/labels.ts';
import { rowsOf, tableOf } from './tables.ts';

const rated: RowTable = tableOf(
  [1, 2, 3, 4, 5].map((item) => [0, item]),
  { ratings: Float32Array.of(1, 2, 3, 4, 5) },
);

describe('rules of labels', () => {
  test('as printed: over 3 liked, under 2 disliked, 2 and 3 left out', () => {
    expect(rowsOf(labelRows(rated, 'inverse-paper', []))).toEqual([
      [0, 1, 0],
      [0, 4, 1],
      [0, 5, 1],
    ]);
  });

  test('as in the code: over 2 liked, the rest disliked, and no row is lost', () => {
    const provenance: string[] = [];
    const labels = rowsOf(labelRows(rated, 'inverse-code', provenance)).map(([, , label]) => label);
    expect(labels).toEqual([0, 0, 1, 1, 1]);
    expect(provenance).toEqual([
      'Ratings of 3 or more are liked, of 2 or less disliked: 3 and 2 of 5 rows; the others are left out.',
    ]);
  });

  test('thresholds of one’s own', () => {
    expect(rowsOf(labelRows(rated, { positiveFrom: 5, negativeTo: 1 }, []))).toEqual([
      [0, 1, 0],
      [0, 5, 1],
    ]);
  });

  test('strict thresholds leave themselves out, and 4 of 5 is no more than 0.8 in float32 either', () => {
    const rates: RowTable = tableOf(
      [0, 1, 2, 3, 4, 5].map((item) => [0, item]),
      { ratings: Float32Array.of(0, 0.19, 0.2, 0.8, 0.81, 1) },
    );
    const table = labelRows(rates, 'finish-rate', []);
    expect(rowsOf(table)).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [0, 4, 1],
      [0, 5, 1],
    ]);
    expect(table.unlabelled).toEqual({ users: Int32Array.of(0, 0), items: Int32Array.of(2, 3) });
  });

  test('over the upper and under the lower quartile', () => {
    const provenance: string[] = [];
    // numpy.quantile([1, 2, 3, 4, 10], [0.25, 0.75]) is [2, 4]; of [1, 2, 3, 10] it is [1.75, 4.75].
    const ratings = Float32Array.of(10, 3, 2, 1);
    const four: RowTable = tableOf(
      [0, 1, 2, 3].map((item) => [0, item]),
      { ratings },
    );
    expect(rowsOf(labelRows(four, 'play-time-quartiles', provenance))).toEqual([
      [0, 0, 1],
      [0, 3, 0],
    ]);
    expect(provenance[0]).toMatch(/^Ratings over 4\.75 are liked, under 1\.75 disliked: 1 and 1 of 4 rows;/);
    expect(() => labelRows(four, { positiveQuantile: 2, negativeQuantile: 0 }, [])).toThrow('a quantile in [0, 1]');
  });

  test('refused: a rule that is none, thresholds that cross, that leave one label, a table without ratings', () => {
    expect(() => labelRows(rated, 'inverse-kode' as 'inverse-code', [])).toThrow('did you mean "inverse-code"?');
    expect(() => labelRows(rated, { positiveFrom: 2, negativeTo: 2 }, [])).toThrow(
      'expected negativeTo < positiveFrom',
    );
    expect(() => labelRows(rated, { positiveFrom: 6, negativeTo: 2 }, [])).toThrow(
      '[data] expected thresholds that leave rows of both labels, got 0 liked and 2 disliked; move them',
    );
    const { ratings: _, ...plain } = rated;
    expect(() => labelRows(plain, LABEL_RULES['inverse-code'], [])).toThrow('expected ratings to label by, got none');
  });
});

describe('opened with a rule', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'losslab-labels-'));
    writeFileSync(join(dir, 'train.tsv'), '1\t10\t5\n1\t11\t1\n2\t10\t2\n2\t12\t4\n');
    writeFileSync(join(dir, 'valid.tsv'), '1\t12\t3\n2\t11\t1\n');
    writeFileSync(join(dir, 'test.tsv'), '1\t13\t2\n2\t13\t5\n');
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  test('the parts stay apart: liked pairs are interactions, pairs of either label are labelled', async () => {
    const options = { protocol: 'clean', seed: 1, labels: 'inverse-code' } as const;
    const { train, valid, test: held, labelled, ids } = await openDataset(dir, options);
    const named = (part: NonNullable<typeof labelled>['train']) =>
      Array.from(part.users, (u, row) => [ids.users[u], ids.items[part.items[row]!], part.labels[row]].join(' '));
    expect(named(labelled!.train)).toEqual(['1 10 1', '1 11 0', '2 10 0', '2 12 1']);
    expect(named(labelled!.valid!)).toEqual(['1 12 1', '2 11 0']);
    expect(named(labelled!.test)).toEqual(['1 13 0', '2 13 1']);
    expect([train, valid!, held].map(({ indices }) => indices.length)).toEqual([2, 1, 1]);
  });
});

test('generated data with dislikes: labels say what the truth says, but for false positives', () => {
  const { dataset, truth } = generate({ users: 60, items: 90, interactionsPerUser: 15, dislikesPerUser: 10 });
  const { train, valid, test: held } = dataset.labelled!;
  let dislikes = 0;
  for (const { users, items, labels } of [train, valid!, held]) {
    labels.forEach((label, row) => {
      const [user, item] = [users[row]!, items[row]!];
      if (label === 1) return;
      dislikes++;
      expect(hasInteraction(truth.liked, user, item) || hasInteraction(truth.falsePositives, user, item)).toBe(false);
    });
  }
  expect(dislikes).toBe(60 * 10);
  expect(held.labels.filter((label) => label === 0).length).toBe(60 * 2);
  const plain = generate({ users: 60, items: 90, interactionsPerUser: 15 }).dataset;
  expect(plain.labelled).toBeUndefined();
  expect(dataset.test).toEqual(plain.test); // dislikes change no interaction of the test part
});
