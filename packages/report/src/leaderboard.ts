import { commonMetrics, type Entry, metricSummary } from './entry.ts';
import { formatMetric, formatSeconds, formatSummary } from './format.ts';
import { summarise } from './summary.ts';
import type { Cell, Table } from './table.ts';

export interface LeaderboardOptions {
  /** Metrics by name and cut-off; absent: those that every run has. The first one orders the rows. */
  readonly metrics?: readonly string[];
  /** What the first column's names are. */
  readonly heading?: string;
  /** Keep the rows in the order given. */
  readonly unsorted?: boolean;
}

/** Test metrics, the chosen epoch and the training time by entry, best first; each metric's best value is strong. */
export function leaderboard(entries: readonly Entry[], options: LeaderboardOptions = {}): Table {
  const metrics = options.metrics ?? commonMetrics(entries);
  const first = metrics[0];
  const ordered = [...entries];
  if (!options.unsorted && first !== undefined) {
    ordered.sort((a, b) => metricSummary(b, first).mean - metricSummary(a, first).mean);
  }
  const best = new Map(metrics.map((metric) => [metric, bestText(ordered, metric)]));
  return {
    columns: [
      { heading: options.heading ?? 'loss' },
      ...metrics.map((heading) => ({ heading, align: 'right' as const })),
      { heading: 'best epoch', align: 'right' },
      { heading: 'training', align: 'right' },
      { heading: 'ms a step', align: 'right' },
    ],
    rows: ordered.map((entry) => [
      entry.label,
      ...metrics.map((metric): Cell => {
        const summary = metricSummary(entry, metric);
        const text = formatSummary(summary);
        return formatMetric(summary.mean) === best.get(metric) ? { text, tone: 'strong' } : text;
      }),
      bestEpochs(entry.results),
      formatSeconds(summarise(entry.results.map((result) => result.seconds.train)).mean),
      stepTime(entry),
    ]),
  };
}

// As printed, so that a tie in the table is strong twice.
function bestText(entries: readonly Entry[], metric: string): string {
  const means = entries.map((entry) => metricSummary(entry, metric).mean).filter(Number.isFinite);
  return means.length > 1 ? formatMetric(Math.max(...means)) : '';
}

/** `48 of 60` for one run, `48, 51, 47` for seeds. */
export function bestEpochs(results: Entry['results']): string {
  const trained = results.filter((result) => result.epochs > 0);
  const [only] = trained;
  if (only === undefined) return '–';
  if (trained.length === 1) return `${only.bestEpoch} of ${only.epochs}`;
  return trained.map((result) => result.bestEpoch).join(', ');
}

function stepTime(entry: Entry): string {
  const times = entry.results.flatMap((result) => result.millisecondsPerStep ?? []);
  return times.length === 0 ? '–' : summarise(times).mean.toFixed(1);
}
