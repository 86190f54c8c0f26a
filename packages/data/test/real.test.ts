import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '@losslab/core';
import { describe, expect, test } from 'vitest';
import {
  datasetNames,
  GENERATED,
  GENERATED_PLAYS,
  locate,
  openDataset,
  REGISTRY,
  type RegistryEntry,
  readFiles,
  statistics,
} from '../src/index.ts';

const root = process.env.LOSSLAB_DATA;
const options = { protocol: 'paper', seed: 1, fetch: false } as const;

/** Users, items and rows of each file, from the table in the data folder's own README. */
const TABLE: Readonly<Record<string, readonly [number, number, ...number[]]>> = {
  'ml-100k': [943, 1682, 100_000],
  'ml-100k-vbpr': [943, 1682, 72_404, 27_596],
  'ml-1m-vbpr': [6040, 3706, 713_381, 286_828],
  'ml-1m-inverse': [6040, 3706, 600_125, 200_042, 200_042],
  'ml-1m': [6040, 3706, 800_005, 200_204],
  'ml-1m-ratings': [6040, 3706, 1_000_209],
  'ml-1m-bsl': [6022, 3043, 796_244, 99_455, 99_455],
  'kuairand-sample': [664, 9359, 41_828],
  'kuairec-signed': [1411, 3327, 177_789, 25_398, 50_796],
  gowalla: [29_858, 40_981, 810_128, 217_242],
  yelp2018: [31_668, 38_048, 1_237_259, 324_147],
  'amazon-electronics-14core': [1435, 1522, 31_887, 4044, 4044],
};

test('the registry knows these data sets and those generated', () => {
  expect(datasetNames()).toEqual([...Object.keys(TABLE), GENERATED, GENERATED_PLAYS].sort());
});

describe.skipIf(root === undefined)('in $LOSSLAB_DATA', () => {
  const has = (name: string) =>
    root !== undefined && statSync(join(root, name), { throwIfNoEntry: false }) !== undefined;

  test('every folder is registered', () => {
    const folders = readdirSync(root!).filter((name) => statSync(join(root!, name)).isDirectory());
    expect(folders.filter((name) => !REGISTRY.has(name))).toEqual([]);
  });

  const opened = new Map<string, Promise<Dataset>>();
  function open(name: string): Promise<Dataset> {
    if (!opened.has(name)) opened.set(name, openDataset(name, options));
    return opened.get(name)!;
  }

  test.for(Object.entries(TABLE))(
    '%s opens, and has what its README says',
    async ([name, [users, items, ...rows]], { skip }) => {
      skip(!has(name), `no ${name} in $LOSSLAB_DATA`);
      // openDataset itself compares users, items and the rows of each file with the registry's.
      const { expected } = REGISTRY.get(name)!;
      expect([expected.users, expected.items, ...Object.values(expected.rows)]).toEqual([users, items, ...rows]);
      const dataset = await open(name);
      const stats = statistics(dataset);
      expect([stats.users, stats.items]).toEqual([users, items]);
      if (rows.length > 1 && dataset.labelled === undefined) {
        const parts = [stats.train, ...(dataset.valid ? [stats.valid] : []), stats.test];
        expect(parts).toEqual(rows);
      } else if (dataset.labelled === undefined) expect(stats.train + stats.test).toBe(rows[0]);
      expect([dataset.ids.users.length, dataset.ids.items.length]).toEqual([users, items]);
      expect(dataset.provenance[0]).not.toContain('Not byte for byte');
    },
  );

  /** Users, items, interactions and density as the BSL paper prints them (Table I). */
  test.for([
    ['yelp2018', 31_668, 38_048, 1_561_406, '0.130%'],
    ['gowalla', 29_858, 40_981, 1_027_370, '0.084%'],
    ['ml-1m-bsl', 6022, 3043, 995_154, '5.431%'],
  ] as const)(
    '%s has the statistics of the BSL paper',
    async ([name, users, items, interactions, density], { skip }) => {
      skip(!has(name), `no ${name} in $LOSSLAB_DATA`);
      const stats = statistics(await open(name));
      expect([stats.users, stats.items, stats.train + stats.valid + stats.test]).toEqual([users, items, interactions]);
      expect(`${(stats.density * 100).toFixed(3)}%`).toBe(density);
    },
  );

  test.skipIf(!has('ml-100k'))("GroupLens's file and RecBole's of it give the same data", async () => {
    const entry = REGISTRY.get('ml-100k')!;
    const layouts: RegistryEntry['layouts'][] = entry.layouts.map((layout) => [layout]);
    const read = await Promise.all(
      layouts.map((layout) => readFiles(locate({ ...entry, layouts: layout }, [root!])!.paths)),
    );
    expect(read[0]!.files[0]!.rows).toEqual(read[1]!.files[0]!.rows);
    expect(read[0]!.ids).toEqual(read[1]!.ids);
  });

  test.skipIf(!has('kuairec-signed'))('kuairec-signed has 14 % ones in its training part', async () => {
    const { labelled } = statistics(await open('kuairec-signed'));
    expect(labelled!.train!.ones).toBeCloseTo(0.14, 2);
  });

  test.skipIf(!has('kuairand-sample'))(
    'finish rates of kuairand-sample become labels, and the middle is kept apart',
    async () => {
      const columns = {
        user: 'user_id',
        item: 'video_id',
        finishRate: { played: 'play_time_ms', duration: 'duration_ms' },
      };
      const options = {
        protocol: 'paper',
        seed: 1,
        dataDir: root!,
        fetch: false,
        columns,
        labels: 'finish-rate',
      } as const;
      const { labelled, unlabelled, test: held, provenance } = await openDataset('kuairand-sample', options);
      const told = provenance.find((text) => text.startsWith('Ratings over 0.8'))!;
      const [liked, disliked, all] = [...told.matchAll(/[\d,]{4,}/g)].map(([text]) => Number(text.replaceAll(',', '')));
      const counts = [labelled!.train, labelled!.test].flatMap(({ labels }) => [...labels]);
      expect(counts.length).toBe(liked! + disliked!);
      expect(counts.reduce((sum, label) => sum + label, 0)).toBe(liked);
      expect(unlabelled!.users.length).toBe(all! - liked! - disliked!);
      expect(held.indices.length).toBe(labelled!.test.labels.reduce((sum, label) => sum + label, 0));
    },
  );

  test.skipIf(!has('kuairand-sample'))('finish rates of kuairand-sample are clipped and counted', async () => {
    const { paths } = locate(REGISTRY.get('kuairand-sample')!, [root!])!;
    const finishRate = { played: 'play_time_ms', duration: 'duration_ms' };
    const { files } = await readFiles(paths, { columns: { user: 'user_id', item: 'video_id', finishRate } });
    // awk -F'\t' 'NR > 1 { if ($12 == 0) dropped++; else if ($11 / $12 > 1) clipped++ }'
    expect(files[0]!.notes).toEqual([
      '12910 finish rates over 1 were clipped to 1.',
      '7738 rows of duration 0 were dropped.',
    ]);
    expect(files[0]!.rows.users.length).toBe(41_828 - 7738);
  });
});
