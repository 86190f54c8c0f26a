import type { Checkout, RunResult } from '@losslab/core';
import { formatBytes, formatCount, formatSeconds } from './format.ts';
import type { Block } from './html/blocks.ts';
import type { Table } from './table.ts';

/** What someone needs to run these results again and to know what they mean: facts shared by the runs, then options. */
export function provenance(results: readonly RunResult[], command?: string): Block[] {
  if (results.length === 0) return [{ kind: 'text', text: 'Nothing was run.' }];
  return [
    ...(command === undefined ? [] : [{ kind: 'code' as const, text: command }]),
    { kind: 'facts', facts: sharedFacts(results) },
    ...trainedBy(results),
    { kind: 'table', table: datasetTable(results), caption: 'Data' },
    ...datasetHistory(results),
    ...definitions(results),
    ...results.map(resolvedOptions),
  ];
}

function sharedFacts(results: readonly RunResult[]): [string, string][] {
  const all = (text: (result: RunResult) => string): string => [...new Set(results.map(text))].join('; ');
  return [
    ['engine', all((r) => [r.engine.name, r.engine.build, threads(r.engine.threads)].filter(Boolean).join(', '))],
    [
      'machine',
      all(
        (r) => `${r.machine.cpu}, ${r.machine.cores} cores, ${formatBytes(r.machine.memoryBytes)}, ${r.machine.system}`,
      ),
    ],
    [
      'versions',
      all((r) =>
        Object.entries(r.versions)
          .map(([name, version]) => `${name} ${version}`)
          .join(', '),
      ),
    ],
    ...(results.some(({ sessions }) => sessions?.some(({ git }) => git))
      ? [['git', all(commits)] as [string, string]]
      : []),
    ['seeds', [...new Set(results.map((r) => r.seed))].sort((a, b) => a - b).join(', ')],
    ['protocol', all((r) => protocolSentence(r.protocol))],
    ['training in all', formatSeconds(results.reduce((sum, r) => sum + r.seconds.train, 0))],
    ['peak memory', formatBytes(Math.max(...results.map((r) => r.peakMemoryBytes)))],
  ];
}

/** The commands that trained the runs, as they were typed. */
function trainedBy(results: readonly RunResult[]): Block[] {
  const commands = results.flatMap(({ sessions = [] }) => sessions.flatMap(({ command }) => command ?? []));
  if (commands.length === 0) return [];
  const text = [...new Set(commands)].join('\n');
  return [{ kind: 'details', summary: 'Commands that trained the runs', blocks: [{ kind: 'code', text }] }];
}

/** Commits of the checkouts that the last process of each run was in. */
function commits({ sessions = [] }: RunResult): string {
  const { losslab, project } = sessions.at(-1)?.git ?? {};
  const text = ({ commit, modified }: Checkout): string => `${commit.slice(0, 12)}${modified ? ' with changes' : ''}`;
  const isOne = losslab?.commit === project?.commit;
  const known = [losslab && `losslab ${text(losslab)}`, !isOne && project && `working directory ${text(project)}`];
  return known.filter(Boolean).join(', ') || 'in no checkout';
}

const threads = (count: number): string => (count === 1 ? '1 thread' : `${count} threads`);

/** What a protocol means, in one sentence. */
export function protocolSentence(protocol: RunResult['protocol']): string {
  return protocol === 'clean'
    ? 'clean: the validation part chooses the epoch, the test part is looked at once'
    : 'paper: the test part chooses the epoch, as the paper did, so its numbers flatter every method';
}

function byDataset(results: readonly RunResult[]): RunResult[] {
  const first = new Map<string, RunResult>();
  for (const result of results) {
    const key = `${result.dataset.checksum} ${JSON.stringify(result.dataset.statistics)} ${result.protocol}`;
    if (!first.has(key)) first.set(key, result);
  }
  return [...first.values()];
}

function datasetTable(results: readonly RunResult[]): Table {
  const counts = ['users', 'items', 'train', 'valid', 'test'] as const;
  return {
    columns: [
      { heading: 'data' },
      { heading: 'protocol' },
      ...counts.map((heading) => ({ heading, align: 'right' as const })),
      { heading: 'density', align: 'right' },
      { heading: 'users tested', align: 'right' },
      { heading: 'left out', align: 'right' },
      { heading: 'SHA-256' },
    ],
    rows: byDataset(results).map((r) => [
      r.dataset.name,
      r.protocol,
      ...counts.map((name) => formatCount(r.dataset.statistics[name])),
      `${(r.dataset.statistics.density * 100).toFixed(3)} %`,
      formatCount(r.evaluatedUserCount),
      formatCount(r.leftOutUserCount),
      { text: `${r.dataset.checksum.slice(0, 12)}…`, tone: 'muted' },
    ]),
  };
}

function datasetHistory(results: readonly RunResult[]): Block[] {
  const items = byDataset(results).flatMap((r) =>
    r.dataset.provenance.map((sentence) => `${r.dataset.name} (${r.protocol}): ${sentence}`),
  );
  return items.length === 0 ? [] : [{ kind: 'list', items: [...new Set(items)] }];
}

function definitions(results: readonly RunResult[]): Block[] {
  const all = new Map(results.flatMap((r) => Object.entries(r.definitions).map((entry) => [entry.join(), entry])));
  if (all.size === 0) return [];
  return [
    { kind: 'text', text: 'How the metrics were computed (users without test items are left out of every mean):' },
    { kind: 'facts', facts: [...all.values()] },
  ];
}

function resolvedOptions(result: RunResult): Block {
  const loss = result.loss === undefined ? '' : ` + ${result.loss.name}`;
  return {
    kind: 'details',
    summary: `Options of ${result.model.name}${loss} on ${result.dataset.name}, ${result.protocol}, seed ${result.seed}`,
    blocks: [{ kind: 'code', text: JSON.stringify(result.options, undefined, 2) }],
  };
}
