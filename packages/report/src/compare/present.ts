import { learningCurves } from '../curves.ts';
import { metricSummary } from '../entry.ts';
import { formatMetric } from '../format.ts';
import type { Block, Report, Section } from '../html/blocks.ts';
import { barChart } from '../plot/bar-chart.ts';
import { provenance } from '../provenance.ts';
import { formatTextTable, type Table, type TextStyle } from '../table.ts';
import type { RunComparison } from './compare-runs.ts';
import { entryOf, metricsTable, runsTable, settingsTable, testGroups, testsTable } from './tables.ts';

const effects =
  'd is Cohen’s d of the differences (0.2 small, 0.5 medium, 0.8 large), r the rank-biserial correlation, from −1 to 1.';

export interface ComparisonTextOptions {
  /** Of cells, for a terminal; absent: plain, as for a pipe. */
  readonly style?: TextStyle;
  /** Characters after which sentences are broken; absent: never. */
  readonly width?: number;
}

/** A comparison as text, for a terminal or for a pipe. */
export function comparisonText(comparison: RunComparison, options: ComparisonTextOptions = {}): string {
  const { style, width } = options;
  const { differences, settings, notes, tests } = comparison;
  const table = (of: Table): string => formatTextTable(of, style);
  return [
    table(runsTable(comparison)),
    ...(differences.length === 0
      ? []
      : [differences.map(({ sentence }) => broken(`warning: ${sentence}`, width)).join('\n')]),
    ...(settings.length === 0 ? [] : [table(settingsTable(comparison))]),
    table(metricsTable(comparison)),
    ...testGroups(comparison).map((group) => `${group.title}\n\n${table(testsTable(group.tests))}`),
    [...(tests.length === 0 ? [] : [effects]), ...notes].map((note) => broken(note, width)).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Broken at spaces into lines of at most that width. */
function broken(text: string, width = Number.POSITIVE_INFINITY): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

export interface ComparisonReportOptions {
  readonly title?: string;
  /** The command line that made it. */
  readonly command?: string;
}

/** A comparison as a report for `renderHtml`. */
export async function comparisonReport(
  comparison: RunComparison,
  { title, command }: ComparisonReportOptions = {},
): Promise<Report> {
  const { entries, differences, settings, notes, tests } = comparison;
  const results = entries.flatMap(({ runs }) => runs.map(({ result }) => result));
  const tested: Block[] = testGroups(comparison).map((group) => ({
    kind: 'table',
    table: testsTable(group.tests),
    caption: group.title,
  }));
  const sections: (Section | undefined)[] = [
    {
      heading: 'What is compared',
      blocks: [
        { kind: 'table', table: runsTable(comparison) },
        ...list(differences.map(({ sentence }) => `Warning: ${sentence}`)),
        ...(settings.length === 0
          ? []
          : [{ kind: 'table' as const, table: settingsTable(comparison), caption: 'Settings that differ' }]),
      ],
    },
    { heading: 'Metrics', blocks: [{ kind: 'table', table: metricsTable(comparison) }, ...(await bars(comparison))] },
    {
      heading: 'Paired tests',
      blocks: [...tested, ...list([...(tests.length === 0 ? [] : [effects]), ...notes])],
    },
    section('Learning curves', await curves(comparison)),
    { heading: 'Provenance', blocks: provenance(results, command) },
  ];
  return {
    title: title ?? `${new Intl.ListFormat('en').format(entries.map(({ label }) => label))}, compared`,
    lead: 'Metrics of the test part side by side, and paired tests of their differences.',
    sections: sections.filter((one) => one !== undefined).filter(({ blocks }) => blocks.length > 0),
    date:
      results
        .map(({ finishedAt }) => finishedAt)
        .sort()
        .at(-1) ?? '',
  };
}

function section(heading: string, blocks: readonly Block[]): Section | undefined {
  return blocks.length === 0 ? undefined : { heading, blocks };
}

function list(items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/** The metric that chose the epochs, and one or two besides. */
function shownMetrics({ entries, metrics }: RunComparison): string[] {
  const first = String(entries[0]!.runs[0]!.result.options.stopOn);
  const [, cutOff] = first.split('@');
  const ordered = [first, ...metrics.filter((name) => name.split('@')[1] === cutOff), ...metrics];
  return [...new Set(ordered)].filter((name) => metrics.includes(name)).slice(0, 3);
}

async function bars(comparison: RunComparison): Promise<Block[]> {
  const values = comparison.entries.map(entryOf).flatMap((entry) =>
    shownMetrics(comparison).map((metric) => {
      const { mean, sd } = metricSummary(entry, metric);
      return { group: entry.label, series: metric, value: mean, error: sd };
    }),
  );
  if (values.length === 0) return [];
  const svg = await barChart({ yTitle: 'test', bars: values });
  const description = values.map((bar) => `${bar.group} ${bar.series} ${formatMetric(bar.value)}`).join(', ');
  return [{ kind: 'figure', svg, description: `Bars of ${description}.` }];
}

async function curves(comparison: RunComparison): Promise<Block[]> {
  const [metric] = shownMetrics(comparison);
  const entries = comparison.entries.map(entryOf);
  const svg = metric && (await learningCurves(entries, metric));
  if (!svg) return [];
  const caption = `${metric} by epoch on the part that chooses the epoch, first seed.`;
  const names = entries.map(({ label }) => label).join(', ');
  return [{ kind: 'figure', svg, description: `${metric} by epoch: ${names}.`, caption }];
}
