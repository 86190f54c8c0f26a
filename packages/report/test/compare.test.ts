import { stripVTControlCharacters } from 'node:util';
import type { RunResult } from '@losslab/core';
import { pairedTTest, wilcoxon } from '@losslab/metrics';
import {
  type ComparedRun,
  compareRuns,
  comparisonJson,
  comparisonReport,
  comparisonText,
  renderHtml,
} from '@losslab/report';
import { expect, test } from 'vitest';
import { runResult } from './fixture.ts';

interface Made extends Partial<RunResult> {
  readonly lossName?: string;
  readonly path?: string;
  readonly recall: readonly number[];
  readonly users?: readonly number[];
  readonly settings?: Readonly<Record<string, unknown>>;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A run with recall@20 by user. */
function made({ lossName = 'bpr', path, recall, users, settings = {}, ...over }: Made): ComparedRun {
  const result = runResult({
    lossName,
    metrics: { 'recall@20': mean(recall), 'ndcg@20': mean(recall) / 2 },
    options: {
      loss: { name: lossName },
      stopOn: 'recall@20',
      protocol: over.protocol ?? 'clean',
      seed: over.seed ?? 1,
      ...settings,
    },
    definitions: { recall: 'hits / relevant items', ndcg: 'gain / ideal gain' },
    ...over,
  });
  const ids = Int32Array.from(users ?? recall.map((_, user) => user));
  return {
    path: path ?? `runs/${lossName}-${result.seed}`,
    result: { ...result, dataset: { testPart: '1'.repeat(64), split: '2'.repeat(64), ...result.dataset } },
    perUser: { users: ids, values: { 'recall@20': Float64Array.from(recall) } },
  };
}

const bpr = [0.1, 0.2, 0.3, 0.4, 0];
const bsl = [0.2, 0.4, 0.3, 0.5, 0.1];

test('two runs: means side by side, tests over users of second − first', () => {
  const { entries, metrics, tests, differences, settings } = compareRuns([
    made({ recall: bpr }),
    made({ lossName: 'bsl', recall: bsl }),
  ]);
  expect(entries.map(({ label }) => label)).toEqual(['bpr', 'bsl']);
  expect(metrics).toEqual(['recall@20', 'ndcg@20']);
  expect(differences).toEqual([]);
  expect(settings).toEqual([{ key: 'loss.name', values: ['"bpr"', '"bsl"'] }]);
  expect(tests).toHaveLength(1); // ndcg has no values by user
  const [one] = tests;
  expect(one).toMatchObject({ over: 'users', metric: 'recall@20', protocol: 'clean', first: 'bpr', second: 'bsl' });
  expect(one!.tTest.meanDifference).toBeCloseTo((0.1 + 0.2 + 0 + 0.1 + 0.1) / 5, 12);
  expect(one!.tTest).toEqual(pairedTTest(bsl, bpr));
  expect(one!.wilcoxon).toEqual(wilcoxon(bsl, bpr));
  expect(one!.wilcoxon.effectSize).toBe(1); // no user is worse
});

test('seeds of one configuration are one entry, tested over users by their mean and over seeds as what they are', () => {
  const seeds = (lossName: string, gain: number) =>
    [1, 2, 3].map((seed) => made({ lossName, seed, recall: bpr.map((value) => value + gain + seed / 100) }));
  const comparison = compareRuns([...seeds('bpr', 0), ...seeds('bsl', 0.1).reverse()]);
  expect(comparison.entries.map(({ label, runs }) => [label, runs.map(({ result }) => result.seed)])).toEqual([
    ['bpr', [1, 2, 3]],
    ['bsl', [1, 2, 3]],
  ]);
  const overUsers = comparison.tests.filter(({ over }) => over === 'users');
  expect(overUsers[0]!.tTest.n).toBe(5);
  expect(overUsers[0]!.means[1]).toBeCloseTo(0.2 + 0.1 + 0.02, 12);
  const overSeeds = comparison.tests.filter(({ over }) => over === 'seeds');
  expect(overSeeds.map(({ metric, tTest }) => [metric, tTest.n])).toEqual([
    ['recall@20', 3],
    ['ndcg@20', 3],
  ]);
  expect(overSeeds[0]!.means[0]).toBeCloseTo(0.22, 12);
  const text = comparisonText(comparison);
  expect(text).toMatch(/^recall@20 +0\.2200 ± 0\.0100 +0\.3200 ± 0\.0100$/m);
  expect(text).toContain('not whether their losses would with other seeds');
  expect(text).toContain('the seeds that both have are the pairs, 3 of them, on one split of the data');
  expect(text).toContain('no Wilcoxon p-value is below 2^(1−n), here 0.25');
});

test('threads, engine setting and checkpoints make no other method; another engine does', () => {
  const run = (seed: number, more: Partial<Made>) => made({ recall: bpr, seed, ...more });
  const same = compareRuns([run(1, { settings: { threads: 1 } }), run(2, { settings: { checkpointEvery: 5 } })]);
  expect(same.entries).toHaveLength(1);
  expect(same.tests).toEqual([]);
  const other = compareRuns([run(1, {}), run(2, { engine: { name: 'wasm', threads: 1 } })]);
  expect(other.entries).toHaveLength(2);
  expect(other.differences.map(({ what, bars }) => [what, bars])).toEqual([['engine', false]]);
});

test('a seed that comes twice is no second seed', () => {
  const { entries } = compareRuns([made({ recall: bpr, path: 'a' }), made({ recall: bpr, path: 'b' })]);
  expect(entries.map(({ label }) => label)).toEqual(['bpr a', 'bpr b']);
});

test('one loss with other settings is named by them', () => {
  const run = (tau: number) => made({ recall: bpr, settings: { loss: { name: 'sl', tau } }, lossName: 'sl' });
  expect(compareRuns([run(0.1), run(0.2)]).entries.map(({ label }) => label)).toEqual(['sl tau=0.1', 'sl tau=0.2']);
});

test.each<[string, Partial<Made>, string, RegExp]>([
  ['protocol', { protocol: 'paper' }, 'protocol', /clean \(bpr\) · paper \(bsl\)\. Under paper: the test part chooses/],
  [
    'data',
    { dataset: { ...runResult().dataset, checksum: 'cd'.repeat(32) } },
    'data',
    /toy, SHA-256 abababababab… \(bpr\) · toy, SHA-256 cdcdcdcdcdcd… \(bsl\)/,
  ],
  [
    'test part',
    { dataset: { ...runResult().dataset, testPart: 'ef'.repeat(32) } },
    'test part',
    /111111111111… \(bpr\) · efefefefefef… \(bsl\)/,
  ],
  ['mask', { settings: { mask: 'train' } }, 'mask at test', /seen \(bpr\) · train \(bsl\)/],
])('another %s is named, and nothing is tested; the metrics are shown', (_, over, what, sentence) => {
  const comparison = compareRuns([made({ recall: bpr }), made({ lossName: 'bsl', recall: bsl, ...over })]);
  expect(comparison.tests).toEqual([]);
  const found = comparison.differences.find((one) => one.what === what)!;
  expect(found.bars).toBe(true);
  expect(found.sentence).toMatch(sentence);
  expect(found.sentence).toMatch(new RegExp(`^They differ in ${what}: `));
  const text = comparisonText(comparison);
  expect(text).toContain(`warning: ${found.sentence}`);
  expect(text).toMatch(/^recall@20 +0\.2000 +0\.3000$/m);
  expect(text).toContain('bpr has no other run of its protocol, data and test part, so it is not tested.');
});

test('another definition keeps that metric from being tested, not the others', () => {
  const both = (run: ComparedRun): ComparedRun => {
    const { users, values } = run.perUser!;
    return { ...run, perUser: { users, values: { ...values, 'ndcg@20': values['recall@20']! } } };
  };
  const definitions = { recall: 'hits / min(k, relevant items)', ndcg: 'gain / ideal gain' };
  const runs = [both(made({ recall: bpr })), both(made({ lossName: 'bsl', recall: bsl, definitions }))];
  const comparison = compareRuns(runs);
  expect(comparison.differences.map(({ what }) => what)).toEqual(['definition of recall']);
  expect(comparison.tests.map(({ metric }) => metric)).toEqual(['ndcg@20']);
});

test('under both protocols each is tested by itself', () => {
  const runs = (['clean', 'paper'] as const).flatMap((protocol) => [
    made({ recall: bpr, protocol }),
    made({ lossName: 'bsl', recall: bsl, protocol }),
  ]);
  const { tests, entries } = compareRuns(runs);
  expect(entries.map(({ label }) => label)).toEqual(['bpr clean', 'bsl clean', 'bpr paper', 'bsl paper']);
  expect(tests.map(({ protocol, first, second }) => [protocol, first, second])).toEqual([
    ['clean', 'bpr clean', 'bsl clean'],
    ['paper', 'bpr paper', 'bsl paper'],
  ]);
});

test.each<[string, Partial<ComparedRun>, string]>([
  [
    'other users',
    { perUser: made({ recall: bsl, users: [0, 1, 2, 3, 5] }).perUser },
    'measured on other users (5 and 5)',
  ],
  ['fewer users', { perUser: made({ recall: [1, 0] }).perUser }, 'measured on other users (5 and 2)'],
  ['no values by user', { perUser: undefined }, 'bsl has no metrics user by user'],
])('%s: said, not tested', (_, over, note) => {
  const { tests, notes } = compareRuns([made({ recall: bpr }), { ...made({ lossName: 'bsl', recall: bsl }), ...over }]);
  expect(tests).toEqual([]);
  expect(notes.join('\n')).toContain(note);
});

test('metrics that are asked for, at one cut-off or at all', () => {
  const runs = [made({ recall: bpr }), made({ lossName: 'bsl', recall: bsl })];
  expect(compareRuns(runs, { metrics: ['ndcg'] }).metrics).toEqual(['ndcg@20']);
  expect(() => compareRuns(runs, { metrics: ['ndgc@20'] })).toThrow(
    '[report] expected a known metric, got "ndgc@20"; did you mean "ndcg@20"?',
  );
});

test('what cannot be compared', () => {
  expect(() => compareRuns([made({ recall: bpr })])).toThrow('[report] expected two runs or more, got 1; name another');
  const open = made({ recall: bpr, status: 'interrupted', path: 'runs/open' });
  expect(() => compareRuns([open, open])).toThrow(
    '[report] expected a finished run in runs/open, got interrupted; resume',
  );
});

test('as a report and as data', async () => {
  const comparison = compareRuns([
    made({ recall: bpr }),
    made({ lossName: '<b>sl', recall: bsl, protocol: 'paper' }),
    made({ lossName: 'sl', recall: bsl }),
  ]);
  const html = renderHtml(await comparisonReport(comparison, { command: 'losslab compare a b' }));
  for (const heading of ['What is compared', 'Metrics', 'Paired tests', 'Learning curves', 'Provenance']) {
    expect(html).toContain(`<h2>${heading}</h2>`);
  }
  expect(html).toContain('sl − bpr, protocol clean, over users');
  expect(html).toContain('They differ in protocol');
  expect(html).not.toContain('<b>sl');
  const json = JSON.parse(JSON.stringify(comparisonJson(comparison)));
  expect(json).toMatchObject({
    format: 'losslab-comparison/1',
    entries: [{ label: 'bpr', runs: [{ seed: 1 }] }, {}, {}],
  });
  expect(json.tests[0].tTest.pValue).toBe(pairedTTest(bsl, bpr).pValue);
});

test('a terminal gets tones, a pipe plain text of the same width', () => {
  const comparison = compareRuns([made({ recall: bpr }), made({ lossName: 'bsl', recall: bsl })]);
  const styled = comparisonText(comparison, {
    style: (text, tone) => (tone === 'plain' ? text : `\u001b[1m${text}\u001b[0m`),
  });
  const plain = comparisonText(comparison);
  expect(styled).toContain('\u001b[1m0.3000\u001b[0m');
  const narrow = comparisonText(comparison, { width: 60 });
  expect(narrow.replaceAll('\n', ' ')).toBe(plain.replaceAll('\n', ' '));
  const sentences = narrow.slice(narrow.indexOf('d is Cohen')).split('\n');
  expect(Math.max(...sentences.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(stripVTControlCharacters(styled)).toBe(plain);
});
