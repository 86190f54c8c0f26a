import { LosslabError, unknownName } from '@losslab/core';
import { type ComparedEntry, type ComparedRun, differingSettings, groupRuns, settingsOf } from './compared.ts';
import { type Difference, differencesOf, panelOf } from './differences.ts';
import { type PairedTests, testsOverSeeds, testsOverUsers } from './tests.ts';

/** Runs side by side: what they measured, what was tested, and why something was not. */
export interface RunComparison {
  /** Runs that differ in their seed alone are one entry; the first one is what the others are held against. */
  readonly entries: readonly ComparedEntry[];
  /** Metrics that every run has, those that were asked for. */
  readonly metrics: readonly string[];
  /** Settings that differ between entries: by dotted name, a value an entry, as JSON. */
  readonly settings: readonly { readonly key: string; readonly values: readonly (string | undefined)[] }[];
  readonly differences: readonly Difference[];
  readonly tests: readonly PairedTests[];
  /** What was not tested and why, and what the tests cannot say. */
  readonly notes: readonly string[];
}

export interface CompareOptions {
  /** Metrics with or without their cut-off: `recall@20`, or `recall` at all of them. Absent: all that every run has. */
  readonly metrics?: readonly string[];
}

/**
 * Compares finished runs. Paired tests hold each entry against the first one of the same protocol, data and test part;
 * where these differ, `differences` says so and the metrics stand side by side without a test.
 * @throws LosslabError `bad-option` for fewer than two runs, `bad-run` for one without a result, `unknown-name` for a metric
 *   that not all of them have.
 */
export function compareRuns(runs: readonly ComparedRun[], options: CompareOptions = {}): RunComparison {
  if (runs.length < 2) throw misfit('bad-option', 'two runs or more', String(runs.length), 'name another');
  const open = runs.find(({ result }) => result.status !== 'finished');
  if (open !== undefined)
    throw misfit('bad-run', `a finished run in ${open.path}`, open.result.status, 'resume it first');
  const entries = groupRuns(runs);
  const metrics = chosenMetrics(runs, options.metrics);
  const differences = differencesOf(entries);
  const { tests, notes } = testAll(entries, metrics, differences);
  const firsts = entries.map((entry) => entry.runs[0]!);
  const settings = differingSettings(firsts).map((key) => ({
    key,
    values: firsts.map((run) => settingsOf(run).get(key)),
  }));
  return { entries, metrics, settings, differences, tests, notes };
}

function chosenMetrics(runs: readonly ComparedRun[], asked?: readonly string[]): string[] {
  const [first] = runs;
  const common = Object.keys(first!.result.metrics).filter((name) =>
    runs.every(({ result }) => result.metrics[name] !== undefined),
  );
  if (asked === undefined) return common;
  for (const name of asked) {
    const isKnown = common.some((one) => one === name || one.startsWith(`${name}@`));
    if (!isKnown) throw unknownName('metric', name, common, 'report');
  }
  return common.filter((one) => asked.some((name) => one === name || one.startsWith(`${name}@`)));
}

function testAll(entries: readonly ComparedEntry[], metrics: readonly string[], differences: readonly Difference[]) {
  const tests: PairedTests[] = [];
  const notes: string[] = [];
  const panels = Map.groupBy(entries, panelOf);
  for (const [first, ...others] of panels.values()) {
    if (others.length === 0 && panels.size > 1) {
      notes.push(`${first!.label} has no other run of its protocol, data and test part, so it is not tested.`);
    }
    for (const second of others) {
      const alike = metrics.filter((name) => isDefinedAlike(name, [first!, second], differences));
      const found = testsOverUsers([first!, second], alike);
      if (typeof found === 'string') notes.push(`${found}.`);
      else tests.push(...found);
      tests.push(...testsOverSeeds([first!, second], alike));
    }
  }
  return { tests, notes: [...notes, ...cautions(entries, tests)] };
}

function isDefinedAlike(name: string, pair: readonly ComparedEntry[], differences: readonly Difference[]): boolean {
  const found = differences.find(({ what }) => what === `definition of ${name.split('@')[0]}`);
  return found === undefined || new Set(pair.map(({ label }) => found.values[label])).size === 1;
}

/** What to keep in mind when reading the tests. */
function cautions(entries: readonly ComparedEntry[], tests: readonly PairedTests[]): string[] {
  const seeds = tests.find(({ over }) => over === 'seeds');
  const pairs = new Set(tests.map(({ first, second, protocol }) => `${protocol} ${first} ${second}`)).size;
  const ownBest = entries.some(({ runs }) => runs[0]!.result.metricEpochs !== undefined);
  return [
    ...(tests.some(({ over }) => over === 'users')
      ? [
          'Over users: the users of the test part are the pairs, each user’s value averaged over the seeds. This says whether these trained models differ for such users, not whether their losses would with other seeds.',
        ]
      : []),
    ...(seeds === undefined
      ? []
      : [
          `Over seeds: the seeds that both have are the pairs, ${seeds.tTest.n} of them, on one split of the data. This says whether the methods differ over initial values and batches; with n seeds no Wilcoxon p-value is below 2^(1−n), here ${2 ** (1 - seeds.tTest.n)}.`,
        ]),
    ...(pairs > 1 ? [`The p-values are of ${pairs} comparisons, one by one: not corrected for their number.`] : []),
    ...(ownBest
      ? [
          'Each metric is reported at its own best epoch, but users’ values are of one epoch, so differences over users are not those of the metrics above.',
        ]
      : []),
  ];
}

function misfit(code: 'bad-option' | 'bad-run', expected: string, got: string, remedy: string): LosslabError {
  return new LosslabError(code, `[report] expected ${expected}, got ${got}; ${remedy}`, { where: 'run' });
}
