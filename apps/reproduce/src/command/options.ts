import { cpus } from 'node:os';
import { LosslabError, type Protocol, unknownName } from '@losslab/core';
import type { Budget, Experiment } from '../experiment.ts';
import type { Paper } from '../paper.ts';
import { papers } from '../papers.ts';

export const budgets: readonly Budget[] = ['smoke', 'quick', 'full'];
const protocols: readonly Protocol[] = ['paper', 'clean'];

/** The command line as commander hands it over. */
export interface RawOptions {
  readonly table?: string;
  readonly data?: string;
  readonly method?: string;
  readonly budget: string;
  readonly protocol?: string;
  readonly seeds: string;
  readonly out?: string;
  readonly dataDir?: string;
  readonly resume?: boolean;
  readonly jobs: string;
  readonly json?: string;
  readonly tune?: boolean;
}

export interface Options {
  readonly paper: Paper;
  readonly experiment: Experiment;
  /** Absent: the experiment's own choice. */
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
export function parseOptions(paperName: string, raw: RawOptions): Options {
  const paper = Object.hasOwn(papers, paperName) ? papers[paperName]! : undefined;
  if (paper === undefined) throw unknownName('paper', paperName, Object.keys(papers), 'reproduce');
  const experiment = findExperiment(paper, raw.table);
  const budget = oneOf('budget', raw.budget, budgets);
  const jobs = wholeNumber('jobs', raw.jobs, 1);
  const tune = raw.tune ?? false;
  return {
    paper,
    experiment,
    datasets: list(raw.data),
    methods: list(raw.method),
    budget,
    protocols: raw.protocol === undefined ? protocols : [oneOf('protocol', raw.protocol, protocols)],
    seeds: seedList(raw.seeds),
    out: raw.out ?? `runs/${paper.name}-${tune ? 'tuning' : `table-${experiment.table}`}-${budget}`,
    dataDir: raw.dataDir,
    resume: raw.resume ?? false,
    jobs,
    threads: jobs > 1 ? Math.max(1, Math.floor(cpus().length / jobs)) : undefined,
    json: raw.json,
    tune,
  };
}

/** `II`, `2` and `table-2` are the same table. */
function findExperiment(paper: Paper, table: string | undefined): Experiment {
  if (table === undefined) return paper.experiments[0]!;
  const numerals = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];
  const bare = table.replace(/^table[ -]?/i, '').toUpperCase();
  const wanted = numerals[Number(bare)] ?? bare;
  const found = paper.experiments.find((experiment) => experiment.table.toUpperCase() === wanted);
  const known = paper.experiments.map((experiment) => experiment.table);
  if (found === undefined) throw unknownName('table', table, known, 'reproduce');
  return found;
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
