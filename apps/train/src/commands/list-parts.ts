import { optimizerDefinitions } from '@losslab/backend';
import { type OptionSchema, type Regime, unknownName } from '@losslab/core';
import { runSchema } from '@losslab/trainer';
import { optionRows } from '../cli/option-table.ts';
import { makeOutput, type Output } from '../cli/output.ts';
import type { PluginKind } from '../plugins/contract.ts';
import { groups, isPlugin, loadPlugin, referencesIn } from '../plugins/load.ts';
import { isInstalled, isReference } from '../plugins/reference.ts';
import { registry } from '../registry.ts';
import type { ListFlags } from './list.ts';
import { dataRows } from './list-data.ts';
import { detailText, type ListRow, listText, settingsText } from './list-text.ts';

/** What can be listed, and what one of each is. */
const kinds: Readonly<Record<string, string>> = {
  losses: 'loss',
  models: 'model',
  samplers: 'sampler',
  metrics: 'metric',
  steps: 'step',
  optimizers: 'optimizer',
  data: 'data set',
};

/** `losslab list [kind] [name]`. */
export async function listCommand(
  kind: string | undefined,
  name: string | undefined,
  { dataDir, json }: ListFlags,
): Promise<number> {
  const output = makeOutput(json);
  if (kind === 'settings') return listSettings(output);
  if (kind !== undefined && isModule(kind)) return listModule(output, kind);
  const asked = kind === undefined ? Object.keys(kinds) : [kindNamed(kind)];
  const own = pluginKinds.find((one) => groups[one] === asked[0]);
  if (name !== undefined && own !== undefined && isPlugin(name, own, registry)) return listPlugin(output, own, name);
  const lists = asked.map((one) => [one, rowsOf(one, dataDir)] as const);
  if (name !== undefined) return listOne(output, lists[0]![0], lists[0]![1], name);
  output.print(lists.map(([one, rows]) => listText(one, rows)).join('\n\n'));
  await output.writeJson(Object.fromEntries(lists));
  return 0;
}

async function listSettings(output: Output): Promise<number> {
  const rows = optionRows(runSchema);
  output.print(settingsText(rows));
  await output.writeJson(rows);
  return 0;
}

async function listOne(output: Output, kind: string, rows: readonly ListRow[], name: string): Promise<number> {
  const found = rows.find((row) => row.name === name);
  const names = rows.map((row) => row.name);
  if (found === undefined) throw unknownName(kinds[kind]!, name, names, 'losslab');
  output.print(detailText(kinds[kind]!, found));
  await output.writeJson(found);
  return 0;
}

const pluginKinds = Object.keys(groups) as PluginKind[];

/** Whether what stands in the place of a kind is a file or a package. */
function isModule(kind: string): boolean {
  const isKind = Object.entries(kinds).some((names) => names.includes(kind));
  return !isKind && (isReference(kind) || isInstalled(kind, process.cwd()));
}

/** Everything that a file or a package defines, by kind. */
async function listModule(output: Output, reference: string): Promise<number> {
  const found = await referencesIn(reference);
  const lists: Record<string, ListRow[]> = {};
  for (const [kind, one] of found) {
    const { plugins, name } = await loadPlugin(registry, kind, one);
    const group: Readonly<Record<string, Part>> = plugins[groups[kind]] ?? {};
    lists[groups[kind]] = [...(lists[groups[kind]] ?? []), rowOf(group[name]!)];
  }
  output.print(
    Object.entries(lists)
      .map(([kind, rows]) => listText(kind, rows))
      .join('\n\n'),
  );
  await output.writeJson(lists);
  return 0;
}

/** A definition from a file or a package, with its options. */
async function listPlugin(output: Output, kind: PluginKind, reference: string): Promise<number> {
  const { plugins, name } = await loadPlugin(registry, kind, reference);
  const group: Readonly<Record<string, Part>> = plugins[groups[kind]] ?? {};
  const row = rowOf(group[name]!);
  output.print(detailText(kind, row, reference));
  await output.writeJson(row);
  return 0;
}

/** `losses` for `losses` and `loss`. */
function kindNamed(kind: string): string {
  const found = Object.keys(kinds).find((one) => one === kind || kinds[one] === kind);
  if (found === undefined) throw unknownName('kind', kind, [...Object.keys(kinds), 'settings'], 'losslab');
  return found;
}

interface Part {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly options: OptionSchema<unknown>;
  readonly regimes?: Readonly<Record<string, Regime>>;
}

function rowsOf(kind: string, dataDir?: string): ListRow[] {
  if (kind === 'data') return dataRows(dataDir);
  const parts: readonly Part[] =
    kind === 'optimizers' ? optimizerDefinitions : Object.values<Part>(registry[kind as keyof typeof registry] ?? {});
  return parts.map(rowOf);
}

function rowOf({ name, summary, source, options, regimes }: Part): ListRow {
  return { name, summary, source, options: optionRows(options), ...(regimes && { regimes }) };
}
