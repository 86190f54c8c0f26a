import { type Cell, formatMetric, type Table } from '@losslab/report';
import { factNames, factOf, type KeptRun, runFacts } from '@losslab/trainer';

export interface ShownRuns {
  readonly sort?: string | undefined;
  readonly metrics?: readonly string[] | undefined;
}

/** A run a row, for people. Columns that say nothing are left out. */
export function resultsTable(runs: readonly KeptRun[], { sort, metrics }: ShownRuns): Table {
  const names = metrics ?? usualMetrics(runs, sort);
  const facts = ['path', 'status', 'data', 'model', 'loss', 'protocol', 'seed'];
  const own = sort === undefined || [...facts, ...names, 'epochs', 'finishedAt'].includes(sort) ? [] : [sort];
  const right = (heading: string) => ({ heading, align: 'right' as const });
  return {
    columns: [
      ...facts.map((heading) => ({ heading })),
      right('epochs'),
      ...own.map((heading) => ({ heading })),
      ...names.map(right),
      { heading: 'finished' },
    ],
    rows: runs.map((run) => [
      ...facts.map((key): Cell => cellOf(run, key)),
      epochsOf(run),
      ...own.map((key): Cell => cellOf(run, key)),
      ...names.map((name): Cell => metricCell(run, name)),
      run.result?.finishedAt.slice(0, 16).replace('T', ' ') ?? nothing,
    ]),
  };
}

const nothing: Cell = { text: '–', tone: 'muted' };

function cellOf(run: KeptRun, key: string): Cell {
  const value = factOf(run, key);
  if (value === undefined) return nothing;
  return key === 'status' && value !== 'finished' ? { text: String(value), tone: 'bad' } : String(value);
}

/** `12 of 32`: the chosen epoch and those that were trained. */
function epochsOf({ result, epochs, status }: KeptRun): Cell {
  if (epochs === 0) return nothing;
  return result === undefined || status !== 'finished' ? String(epochs) : `${result.bestEpoch} of ${epochs}`;
}

function metricCell({ result }: KeptRun, name: string): Cell {
  const value = result?.metrics[name];
  return value === undefined ? nothing : formatMetric(value);
}

/** What the runs chose their epochs by (and what they are sorted by), then NDCG with the same cut-off. */
function usualMetrics(runs: readonly KeptRun[], sort?: string): string[] {
  const known = new Set(runs.flatMap(({ result }) => Object.keys(result?.metrics ?? {})));
  const chose = [...new Set(runs.map(({ options }) => String(options.stopOn)))].slice(0, 2);
  const wanted = [...(sort === undefined ? [] : [sort]), ...chose];
  const beside = wanted.map((name) => name.replace(/^recall@/, 'ndcg@'));
  return [...new Set([...wanted, ...beside])].filter((name) => known.has(name));
}

/** Every fact and metric, a run a row, for programs: what is not known is empty. */
export function factsTable(runs: readonly KeptRun[]): Table {
  const all = runs.map(runFacts);
  const metrics = [...new Set(all.flatMap((facts) => Object.keys(facts)))].filter((name) => !factNames.includes(name));
  const names = [...factNames, ...metrics];
  return {
    columns: names.map((heading) => ({ heading })),
    rows: all.map((facts) => names.map((name) => String(facts[name] ?? ''))),
  };
}
