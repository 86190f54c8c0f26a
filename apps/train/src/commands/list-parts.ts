import { optimizerDefinitions } from '@losslab/backend';
import { type OptionSchema, unknownName } from '@losslab/core';
import { formatTextTable, type Table } from '@losslab/report';
import { runSchema } from '@losslab/trainer';
import { commandLine } from '../cli/command-name.ts';
import { type OptionRow, optionRows } from '../cli/option-table.ts';
import { makeOutput, type Output } from '../cli/output.ts';
import { registry } from '../registry.ts';
import type { ListFlags } from './list.ts';
import { dataRows } from './list-data.ts';

interface Part {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly options: OptionSchema<unknown>;
}

const kinds = ['losses', 'models', 'samplers', 'metrics', 'optimizers'] as const;

/** `losslab list [kind] [name]`. */
export async function listCommand(
  kind: string | undefined,
  name: string | undefined,
  flags: ListFlags,
): Promise<number> {
  const output = makeOutput(flags.json);
  if (kind === 'settings') return listSettings(output);
  const asked = kind === undefined ? [...kinds, 'data'] : [kindNamed(kind)];
  const lists = asked.map((one) => [one, one === 'data' ? dataRows(flags.dataDir) : listed(one)] as const);
  if (name === undefined) {
    output.print(lists.map(([one, rows]) => listText(one, rows)).join('\n\n'));
    await output.writeJson(Object.fromEntries(lists));
    return 0;
  }
  const [one, rows] = lists[0]!;
  const found = rows.find((row) => row.name === name);
  if (found === undefined)
    throw unknownName(
      singular(one),
      name,
      rows.map((row) => row.name),
      'losslab',
    );
  output.print(detailText(one, found));
  await output.writeJson(found);
  return 0;
}

/** The settings of a run that are not those of a part. */
async function listSettings(output: Output): Promise<number> {
  const rows = optionRows(runSchema);
  output.print(
    `${formatTextTable(optionTable(rows, 'setting'))}\n\nSet them with ${commandLine('train --set clipNorm=1')}`,
  );
  await output.writeJson(rows);
  return 0;
}

/** One line of a list; data sets have no options. */
export interface ListRow {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly options?: readonly OptionRow[];
}

/** `losses` for `losses` and `loss`. */
function kindNamed(kind: string): string {
  const all = [...kinds, 'data', 'settings'];
  const found = all.find((one) => one === kind || singular(one) === kind);
  if (found === undefined) throw unknownName('kind', kind, all, 'losslab');
  return found;
}

function singular(kind: string): string {
  return (
    {
      losses: 'loss',
      models: 'model',
      samplers: 'sampler',
      metrics: 'metric',
      optimizers: 'optimizer',
      data: 'data set',
    }[kind] ?? kind
  );
}

function listed(kind: string): ListRow[] {
  const group: Readonly<Record<string, Part>> =
    kind === 'optimizers'
      ? Object.fromEntries(optimizerDefinitions.map((one) => [one.name, one]))
      : registry[kind as keyof typeof registry];
  return Object.values(group).map(({ name, summary, source, options }) => ({
    name,
    summary,
    source,
    options: optionRows(options),
  }));
}

function listText(kind: string, rows: readonly ListRow[]): string {
  const table: Table = {
    columns: [{ heading: kind }, { heading: '' }],
    rows: rows.map((row) => [row.name, row.summary]),
  };
  return formatTextTable(table);
}

function detailText(kind: string, { name, summary, source, options = [] }: ListRow): string {
  const head = `${name}: ${summary}\nSource: ${source}`;
  if (options.length === 0) return head;
  const set = `--set ${singular(kind)}.${options[0]!.name}=...`;
  const usage = kind === 'metrics' ? '' : `\n\nSet them with ${commandLine(`train ${set}`)}`;
  return `${head}\n\n${formatTextTable(optionTable(options, 'option'))}${usage}`;
}

function optionTable(rows: readonly OptionRow[], heading: string): Table {
  return {
    columns: [{ heading }, { heading: 'default' }, { heading: 'values' }, { heading: '' }],
    rows: rows.map((row) => [row.name, row.default ?? '', row.values, row.what ?? '']),
  };
}
