import { availableParallelism } from 'node:os';
import { LosslabError, type Protocol, unknownName } from '@losslab/core';
import type { Budget } from '../experiment.ts';
import { papers } from '../papers.ts';
import { type Selected, selectExperiments } from './select.ts';

export const budgets: readonly Budget[] = ['smoke', 'quick', 'full'];
const protocols: readonly Protocol[] = ['paper', 'clean'];

/** The command line as commander hands it over. */
export interface RawOptions {
  readonly table?: string;
  readonly figure?: string;
  readonly data?: string;
  readonly method?: string;
  readonly budget: string;
  readonly protocol?: string;
  readonly seeds: string;
  readonly out?: string;
  readonly dataDir?: string;
  readonly resume?: boolean;
  readonly jobs?: string;
  readonly json?: string;
  readonly tune?: boolean;
}

export interface Options {
  /** A paper's name, or `all`. */
  readonly paper: string;
  /** At least one. */
  readonly experiments: readonly Selected[];
  /** Absent: each experiment's own choice. */
  readonly datasets: readonly string[] | undefined;
  readonly methods: readonly string[] | undefined;
  readonly budget: Budget;
  readonly protocols: readonly Protocol[];
  readonly seeds: readonly number[];
  readonly out: string;
  readonly dataDir: string | undefined;
  readonly resume: boolean;
  readonly jobs: number;
  /** Threads of one training: the cores shared among several jobs; absent: what the engine thinks right. */
  readonly threads: number | undefined;
  readonly json: string | undefined;
  readonly tune: boolean;
}

/** Checks the command line. @throws LosslabError `unknown-name` or `bad-option`, naming the option. */
export function parseOptions(paper: string, raw: RawOptions): Options {
  const chosen = selectExperiments(paper, raw, papers);
  const budget = oneOf('budget', raw.budget, budgets);
  const cores = availableParallelism();
  const jobs = raw.jobs === undefined ? (budget === 'smoke' ? cores : 1) : wholeNumber('jobs', raw.jobs, 1);
  const tune = raw.tune ?? false;
  const [methods, datasets] = [list(raw.method), list(raw.data)];
  return {
    paper,
    experiments: having(chosen, 'method', methods, ({ experiment }) => experiment.methods.map(({ id }) => id)),
    datasets,
    methods,
    budget,
    protocols: protocolsOf(raw.protocol, budget, chosen.length),
    seeds: seedList(raw.seeds),
    out: raw.out ?? `runs/${paper}${tune ? '-tuning' : whatIsRun(raw, chosen)}-${budget}`,
    dataDir: raw.dataDir,
    resume: raw.resume ?? false,
    jobs,
    threads: jobs > 1 ? Math.max(1, Math.floor(cores / jobs)) : undefined,
    json: raw.json,
    tune,
  };
}

/** Both where none is asked for; a smoke run of several experiments takes one, to be quick. */
function protocolsOf(asked: string | undefined, budget: Budget, experiments: number): readonly Protocol[] {
  if (asked !== undefined) return [oneOf('protocol', asked, protocols)];
  return budget === 'smoke' && experiments > 1 ? ['clean'] : protocols;
}

/** `-table-II`, `-figure-3`; nothing for whole papers. */
function whatIsRun({ table, figure }: RawOptions, chosen: readonly Selected[]): string {
  if (chosen.length === 1) return `-${chosen[0]!.experiment.id.replace(':', '-')}`;
  if (table !== undefined) return `-table-${table}`;
  return figure === undefined ? '' : `-figure-${figure}`;
}

/** Of several experiments those that have one of the names; each name is one's. @throws LosslabError `unknown-name` */
function having(
  chosen: readonly Selected[],
  what: string,
  names: readonly string[] | undefined,
  namesOf: (one: Selected) => readonly string[],
): readonly Selected[] {
  if (names === undefined) return chosen;
  const known = [...new Set(chosen.flatMap(namesOf))];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownName(what, unknown, known, 'reproduce');
  return chosen.filter((one) => namesOf(one).some((name) => names.includes(name)));
}

function oneOf<T extends string>(option: string, text: string, values: readonly T[]): T {
  const found = values.find((value) => value === text);
  if (found === undefined) throw unknownName(option, text, values, 'reproduce');
  return found;
}

function list(text: string | undefined): string[] | undefined {
  const names = text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names === undefined || names.length === 0 ? undefined : [...new Set(names)];
}

function seedList(text: string): number[] {
  return [...new Set(text.split(',').map((seed) => wholeNumber('seeds', seed.trim(), 0)))];
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && Number.isSafeInteger(value)) return value;
  throw new LosslabError(
    'bad-option',
    `[reproduce] expected a whole number from ${least} on for --${option}, got "${text}"; write --${option} ${least + 1}`,
    { where: option },
  );
}
