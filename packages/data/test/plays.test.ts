import { hasInteraction, interactionsFromTable } from '@losslab/core';
import { finishRates, generatePlays, openDataset, playLogText, readFiles } from '@losslab/data';
import { describe, expect, test } from 'vitest';
import { fileWith } from './folder.ts';

const options = { users: 200, items: 300, playsPerUser: 40, contrast: 6, flipRate: 0.15 };
const clean = { protocol: 'clean', seed: 1 } as const;

describe('finish rates', () => {
  const log = {
    userCount: 1,
    itemCount: 4,
    users: Int32Array.of(0, 0, 0, 0),
    items: Int32Array.of(0, 1, 2, 3),
    played: Float64Array.of(30, 50, 90, 0),
    duration: Float64Array.of(60, 0, 60, 60),
  };

  test('are clipped at 1 and counted, durations of 0 are dropped and counted', () => {
    const provenance: string[] = [];
    const { table, rows } = finishRates(log, provenance);
    expect([...table.ratings!]).toEqual([0.5, 1, 0]);
    expect([...rows]).toEqual([0, 2, 3]);
    expect(provenance).toEqual(['1 finish rates over 1 were clipped to 1.', '1 rows of duration 0 were dropped.']);
  });

  test('are those of the reader of the same log as a file', async () => {
    const { log: made } = generatePlays(options);
    const path = fileWith('plays.csv', playLogText(made));
    const columns = { user: 'user', item: 'item', finishRate: { played: 'played', duration: 'duration' } };
    const { files, ids } = await readFiles([path], { columns });
    const notes: string[] = [];
    const { table } = finishRates(made, notes);
    expect(files[0]!.notes).toEqual(notes);
    expect(files[0]!.rows.ratings).toEqual(table.ratings);
    expect(Array.from(files[0]!.rows.users, (user) => Number(ids.users[user]))).toEqual([...table.users]);
    const opened = await openDataset(path, { ...clean, columns, labels: 'finish-rate', split: 'per-user:80/20' });
    expect(opened.labelled!.train.labels.length).toBe(
      generatePlays(options).dataset(clean).labelled!.train.labels.length,
    );
  });
});

describe('generated plays', () => {
  const { log, truth, dataset } = generatePlays(options);

  test('follow their taste by the law that they state, but for the flipped ones', () => {
    const { table, rows } = finishRates(log);
    const count = { over: [0, 0], under: [0, 0], all: [0, 0] };
    rows.forEach((row, k) => {
      if (log.played[row]! > log.duration[row]!) return; // played again
      const speaks = Number(truth.liked[row]! !== truth.flipped[row]!);
      count.all[speaks]!++;
      if (table.ratings![k]! > 0.8) count.over[speaks]!++;
      if (table.ratings![k]! < 0.2) count.under[speaks]!++;
    });
    // P(U^(1/6) > 0.8) = 1 − 0.8⁶, P(U^(1/6) < 0.2) = 0.2⁶; mirrored for what is not liked.
    for (const [speaks, far, near] of [
      [1, count.over, count.under],
      [0, count.under, count.over],
    ] as const) {
      const n = count.all[speaks]!;
      expect(Math.abs(far[speaks]! / n - (1 - 0.8 ** 6))).toBeLessThan(4 * Math.sqrt(0.25 / n));
      expect(near[speaks]! / n).toBeLessThan(0.002);
    }
    const flipped = truth.flipped.reduce((sum, x) => sum + x, 0) / truth.flipped.length;
    expect(Math.abs(flipped - 0.15)).toBeLessThan(4 * Math.sqrt((0.15 * 0.85) / truth.flipped.length));
    log.users.forEach((user, row) => {
      expect(truth.liked[row]).toBe(Number(truth.preference(user, log.items[row]!) > 0));
    });
  });

  test('become labelled, unlabelled and test parts that have no pair in common', () => {
    const { labelled, unlabelled } = dataset(clean);
    const parts = [labelled!.train, labelled!.valid!, labelled!.test, unlabelled!].map(({ users, items }) =>
      interactionsFromTable({ userCount: 200, itemCount: 300, users, items }),
    );
    parts.forEach((part, k) => {
      expect(part.indices.length).toBeGreaterThan(0);
      for (const other of parts.slice(k + 1)) {
        for (let user = 0; user < 200; user++) {
          for (const item of part.indices.subarray(part.indptr[user], part.indptr[user + 1])) {
            expect(hasInteraction(other, user, item)).toBe(false);
          }
        }
      }
    });
    const rows = finishRates(log).rows.length;
    expect(parts.reduce((sum, { indices }) => sum + indices.length, 0)).toBe(rows);
  });

  test('by play time, a quarter at most of the rows has each label', () => {
    const { labelled, unlabelled } = dataset(clean, 'play-time-quartiles');
    const labels = [labelled!.train, labelled!.valid!, labelled!.test].flatMap(({ labels: each }) => [...each]);
    const rows = labels.length + unlabelled!.users.length;
    expect(labels.reduce((sum, label) => sum + label, 0)).toBe(rows - 1 - Math.floor(0.75 * (rows - 1)));
  });

  test('are the same bits for the same options, others for another seed', () => {
    expect(generatePlays(options).log).toEqual(log);
    expect(generatePlays({ ...options, seed: 2 }).log.items).not.toEqual(log.items);
    expect(() => generatePlays({ flipRate: 0.6 })).toThrow('[data generate plays] flipRate: ');
  });
});
