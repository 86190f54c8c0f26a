import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { folderWith } from './folder.ts';

afterEach(() => vi.restoreAllMocks());

/** Runs an example of the README, and returns what it prints. */
async function printed(run: () => Promise<void>): Promise<string> {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((...words) => lines.push(words.join(' ')));
  await run();
  return lines.join('\n');
}

test('the README’s first example', async () => {
  const { formatStatistics, openDataset, statistics } = await import('@losslab/data');
  const rows = Array.from({ length: 400 }, (_, k) => `u${k % 20},i${(k * 7) % 90},${1 + (k % 5)}`);
  const csv = join(folderWith({ 'ratings.csv': `user,item,rating\n${rows.join('\n')}\n` }), 'ratings.csv');
  const text = await printed(async () => {
    const dataset = await openDataset(csv, { protocol: 'clean', seed: 1, split: 'per-user:80/20', minRating: 4 });
    console.log(formatStatistics(statistics(dataset)));
    console.log(dataset.provenance.join('\n'));
  });
  expect(text).toMatch(/^users +8\n/);
  expect(text).toMatch(/\nRead from ratings.csv.\nRatings of 4 or more: 160 of 400 rows stay.\n/);
  expect(text).toMatch(/became the validation part \(protocol clean\).$/);
});

test('the README’s second example', async () => {
  const { generate } = await import('@losslab/data');
  const text = await printed(async () => {
    const { truth } = generate({ users: 200, items: 300, interactionsPerUser: 20, falsePositiveRate: 0.2 });
    console.log(truth.falsePositives.indices.length, 'training interactions are noise');
    console.log(truth.preference(0, 7) > truth.preference(0, 8));
  });
  expect(text).toMatch(/^\d{3} training interactions are noise\n(true|false)$/);
});

test('the README’s example of plays', async () => {
  const { generatePlays } = await import('@losslab/data');
  const text = await printed(async () => {
    const { log, truth, dataset } = generatePlays({ users: 200, items: 300, flipRate: 0.1 });
    const { labelled, unlabelled } = dataset({ protocol: 'clean', seed: 1 });
    console.log(labelled!.train.labels.length, unlabelled!.users.length, truth.flipped.length === log.users.length);
  });
  expect(text).toMatch(/^\d{4} \d{4} true$/);
});

test('the README’s last example', async () => {
  const { generateByPopularity, openDataset, writeDataset } = await import('@losslab/data');
  const folder = join(folderWith(), 'large');
  const large = generateByPopularity({ users: 2_000, items: 1_000, interactionsPerUser: 100, testUsers: 100 });
  await writeDataset(large, folder, 'lightgcn');
  expect((await openDataset(folder, { protocol: 'paper', seed: 1 })).train).toEqual(large.train);
});
