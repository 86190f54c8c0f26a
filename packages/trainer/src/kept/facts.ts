import { LosslabError, unknownName } from '@losslab/core';
import { runSchema } from '../config.ts';
import type { KeptRun } from './read.ts';

/** What of a run can be listed, sorted by and asked for. */
export type RunFacts = Readonly<Record<string, string | number>>;

/** Names of facts that every run has, in the order of a listing. */
export const factNames: readonly string[] = [
  ...['path', 'kind', 'status', 'data', 'model', 'loss', 'sampler', 'step', 'optimizer', 'protocol', 'engine'],
  ...['threads', 'seed', 'epochs', 'bestEpoch', 'seconds', 'millisecondsPerStep', 'startedAt', 'finishedAt'],
  ...['checksum', 'commit', 'command'],
];

/** The facts of a run, then its test metrics by name (`recall@20`). What is not known is absent. */
export function runFacts(run: KeptRun): RunFacts {
  const { path, kind, status, result, options, epochs } = run;
  const name = (key: string): string | undefined => (options[key] as { name?: string } | undefined)?.name;
  const session = result?.sessions?.at(-1);
  const facts: Record<string, string | number | undefined> = {
    path,
    kind,
    status,
    data: result?.dataset.name ?? name('data'),
    model: name('model'),
    loss: name('loss'),
    sampler: name('sampler'),
    step: name('step'),
    optimizer: name('loss') === undefined ? undefined : name('optimizer'), // a fitted model has none
    protocol: options.protocol as string,
    engine: result?.engine.name ?? (options.engine as string | undefined),
    threads: result?.engine.threads,
    seed: options.seed as number,
    epochs,
    bestEpoch: result?.bestEpoch,
    seconds: result?.seconds.train,
    millisecondsPerStep: result?.millisecondsPerStep,
    startedAt: result?.startedAt,
    finishedAt: result?.finishedAt,
    checksum: result?.dataset.checksum,
    commit: (session?.git?.losslab ?? session?.git?.project)?.commit,
    command: result?.sessions?.[0]?.command,
  };
  const known = Object.entries({ ...facts, ...result?.metrics }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as RunFacts;
}

/** A condition that a run must meet: a fact, a metric or a setting by its dotted name, and the values that it may have. */
export interface Condition {
  readonly key: string;
  readonly values: readonly string[];
}

/** Reads `loss=bsl`, `seed=1,2`, `loss.tau1=0.1`. @throws LosslabError `bad-option` where that is none */
export function parseCondition(text: string): Condition {
  const at = text.indexOf('=');
  const key = text.slice(0, Math.max(0, at)).trim();
  if (key !== '' && at < text.length - 1) return { key, values: text.slice(at + 1).split(',') };
  const message = `[trainer] expected key=value, got "${text}"; write loss=bsl`;
  throw new LosslabError('bad-option', message, { where: 'where' });
}

function checkKey(runs: readonly KeptRun[], key: string, where: string): void {
  const [first = ''] = key.split('.');
  const settings = Object.keys(runSchema.shape);
  const isName = /^[a-z][\w-]*@\d+$/.test(key) || [...factNames, ...settings].includes(first);
  if (isName || runs.some((run) => factOf(run, key) !== undefined)) return;
  throw stranger('key', key, new Set([...factNames, ...settings, ...metricsOf(runs)]), where);
}

/** The error of a name that nobody knows, with the flag that it came by. */
function stranger(what: string, name: string, known: Iterable<string>, where: string): LosslabError {
  const { code, message } = unknownName(what, name, known, 'trainer');
  return new LosslabError(code, message, { where });
}

const metricsOf = (runs: readonly KeptRun[]): string[] => [
  ...new Set(runs.flatMap(({ result }) => Object.keys(result?.metrics ?? {}))),
];

/** Holds names of metrics against those that the runs have. @throws LosslabError `unknown-name` for one that none has, where any has metrics */
export function checkMetrics(runs: readonly KeptRun[], names: readonly string[]): void {
  const known = metricsOf(runs);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined || known.length === 0) return;
  throw stranger('metric', unknown, known, 'metrics');
}

/** The metrics of which less is better: Gini's index is 0 where all items are recommended alike. */
const isLowerBetter = (metric: string): boolean => metric.startsWith('gini@');

/** The runs that meet every condition. @throws LosslabError `unknown-name` for a key that no run could have */
export function selectRuns(runs: readonly KeptRun[], conditions: readonly Condition[]): KeptRun[] {
  for (const { key } of conditions) checkKey(runs, key, 'where');
  return runs.filter((run) => conditions.every(({ key, values }) => values.includes(String(factOf(run, key)))));
}

/**
 * Sorts by a fact, a metric or a setting: metrics from the best down, all else upwards; runs without it come last.
 * @throws LosslabError `unknown-name` for a key that no run could have.
 */
export function sortRuns(runs: readonly KeptRun[], key: string): KeptRun[] {
  checkKey(runs, key, 'sort');
  const sign = metricsOf(runs).includes(key) && !isLowerBetter(key) ? -1 : 1;
  return [...runs].sort((a, b) => {
    const [first, second] = [factOf(a, key), factOf(b, key)];
    if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined);
    if (typeof first === 'number' && typeof second === 'number') return sign * (first - second);
    return String(first).localeCompare(String(second), 'en', { numeric: true });
  });
}

/** A fact, a metric, or a setting by its dotted name, of one run. */
export function factOf(run: KeptRun, key: string): string | number | undefined {
  const fact = runFacts(run)[key];
  if (fact !== undefined) return fact;
  let at: unknown = run.options;
  for (const part of key.split('.'))
    at = typeof at === 'object' && at !== null ? at[part as keyof typeof at] : undefined;
  if (at === undefined || typeof at === 'number' || typeof at === 'string') return at;
  const { name } = (at ?? {}) as { name?: unknown };
  return typeof name === 'string' ? name : JSON.stringify(at);
}
