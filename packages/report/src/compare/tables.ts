import { type Entry, metricSummary } from '../entry.ts';
import { formatDifference, formatMetric, formatNumber, formatPercent, formatPValue, formatSummary } from '../format.ts';
import { bestEpochs, leaderboard } from '../leaderboard.ts';
import type { Cell, Table } from '../table.ts';
import type { RunComparison } from './compare-runs.ts';
import type { ComparedEntry } from './compared.ts';
import type { PairedTests } from './tests.ts';

const right = (heading: string) => ({ heading, align: 'right' as const });
const mostColumns = 4;

export function entryOf({ label, runs }: ComparedEntry): Entry {
  return { label, results: runs.map(({ result }) => result) };
}

/** What was compared: an entry a row. */
export function runsTable({ entries }: RunComparison): Table {
  return {
    columns: [
      ...['run', 'data', 'protocol', 'seeds', 'best epoch'].map((heading) => ({ heading })),
      right('users tested'),
      { heading: 'kept in' },
    ],
    rows: entries.map(({ label, runs }) => {
      const results = runs.map(({ result }) => result);
      const [{ dataset, protocol, evaluatedUserCount }] = results as [(typeof results)[0]];
      return [
        label,
        dataset.name,
        protocol,
        results.map(({ seed }) => seed).join(', '),
        bestEpochs(results),
        formatNumber(evaluatedUserCount),
        runs.length === 1 ? runs[0]!.path : `${runs[0]!.path} and ${runs.length - 1} more`,
      ];
    }),
  };
}

/** Metrics side by side; the best of a metric is strong where the entries can be compared. */
export function metricsTable({ entries, metrics, differences }: RunComparison): Table {
  const all = entries.map(entryOf);
  if (all.length > mostColumns) return leaderboard(all, { metrics, heading: 'run', unsorted: true });
  const isBarred = (metric: string): boolean =>
    differences.some(
      ({ what, bars }) => bars && (!what.startsWith('definition') || what.endsWith(` ${metric.split('@')[0]}`)),
    );
  return {
    columns: [{ heading: 'test' }, ...all.map(({ label }) => right(label))],
    rows: metrics.map((metric) => {
      const summaries = all.map((entry) => metricSummary(entry, metric));
      const best = isBarred(metric) ? '' : formatMetric(Math.max(...summaries.map(({ mean }) => mean)));
      const cells = summaries.map((summary): Cell => {
        const text = formatSummary(summary);
        return formatMetric(summary.mean) === best ? { text, tone: 'strong' } : text;
      });
      return [metric, ...cells];
    }),
  };
}

/** Paired tests between two entries, a metric a row. */
export function testsTable(tests: readonly PairedTests[]): Table {
  const [over] = tests.map((one) => one.over);
  return {
    columns: [
      { heading: 'test' },
      ...['difference', '', over ?? 'pairs', 'that differ', 't-test p', 'd', 'Wilcoxon p', 'r'].map(right),
    ],
    rows: tests.map(({ metric, means: [base], tTest, wilcoxon }) => [
      metric,
      { text: formatDifference(tTest.meanDifference), tone: toneOf(tTest.meanDifference, tTest.pValue) },
      base === 0 ? '–' : formatPercent(tTest.meanDifference / base),
      formatNumber(tTest.n),
      formatNumber(wilcoxon.n),
      formatPValue(tTest.pValue),
      effect(tTest.effectSize),
      formatPValue(wilcoxon.pValue),
      effect(wilcoxon.effectSize),
    ]),
  };
}

const effect = (size: number): string => size.toFixed(2).replace('-', '−');

function toneOf(difference: number, pValue: number): 'good' | 'bad' | 'plain' {
  if (!(pValue < 0.05)) return 'plain';
  return difference > 0 ? 'good' : 'bad';
}

/** Settings that differ, an entry a column. */
export function settingsTable({ entries, settings }: RunComparison): Table {
  return {
    columns: [{ heading: 'setting' }, ...entries.map(({ label }) => ({ heading: label }))],
    rows: settings.map(({ key, values }) => [
      key,
      ...values.map((value) => (value === undefined ? { text: '–', tone: 'muted' as const } : unquoted(value))),
    ]),
  };
}

const unquoted = (json: string): string => json.replace(/^"(.*)"$/, '$1');

/** Tests of one pair of entries, one protocol, over users or over seeds. */
export interface TestGroup {
  readonly title: string;
  readonly tests: readonly PairedTests[];
}

/** `bsl − bpr, protocol clean, over users`. */
export function testGroups({ tests }: RunComparison): TestGroup[] {
  const title = ({ first, second, protocol, over }: PairedTests): string =>
    `${second} − ${first}, protocol ${protocol}, over ${over}`;
  return [...Map.groupBy(tests, title)].map(([name, group]) => ({ title: name, tests: group }));
}
