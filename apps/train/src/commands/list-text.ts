import { leaves, type Regime } from '@losslab/core';
import { formatTextTable, type Table } from '@losslab/report';
import { commandLine, quoted } from '../cli/command-name.ts';
import type { OptionRow } from '../cli/option-table.ts';

/** One line of a list; data sets have no options. */
export interface ListRow {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly options?: readonly OptionRow[];
  readonly regimes?: Readonly<Record<string, Regime>>; // of losses that have some
}

/** Names and what they are. */
export function listText(kind: string, rows: readonly ListRow[]): string {
  const table: Table = {
    columns: [{ heading: kind }, { heading: '' }],
    rows: rows.map((row) => [row.name, row.summary]),
  };
  return formatTextTable(table);
}

/**
 * One entry with its options.
 * @param reference the file or package that it comes from
 */
export function detailText(kind: string, row: ListRow, reference?: string): string {
  const { name, summary, source, options = [], regimes = {} } = row;
  const head = [`${name}: ${summary}`, `Source: ${source}`, ...Object.entries(regimes).map(regimeText)].join('\n');
  const [first] = options;
  if (first === undefined) return head;
  const from = reference === undefined ? '' : `--${kind} ${quoted(reference)} `;
  const usage =
    kind === 'metric' ? '' : `\n\nSet them with ${commandLine(`train ${from}--set ${kind}.${first.name}=...`)}`;
  return `${head}\n\n${optionText(options, 'option')}${usage}`;
}

function regimeText([name, regime]: readonly [string, Regime]): string {
  return `--regime ${name}: ${leaves(regime)
    .map(([path, value]) => `${path} ${value}`)
    .join(', ')}`;
}

/** The settings of a run. */
export function settingsText(rows: readonly OptionRow[]): string {
  return `${optionText(rows, 'setting')}\n\nSet them with ${commandLine('train --set clipNorm=1')}`;
}

function optionText(rows: readonly OptionRow[], heading: string): string {
  return formatTextTable({
    columns: [{ heading }, { heading: 'default' }, { heading: 'values' }, { heading: '' }],
    rows: rows.map((row) => [row.name, row.default ?? '', row.values, row.what ?? '']),
  });
}
