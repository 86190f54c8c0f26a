import { join } from 'node:path';
import { LosslabError } from '@losslab/core';
import { formatMetric, formatTextTable, type Table, writeWhole } from '@losslab/report';
import type { NamedOptions } from '../experiment.ts';
import { describe } from '../report/settings-table.ts';
import type { Outcome } from '../sweep/sweep.ts';
import type { Tuned } from '../tuned.ts';
import { type CoarseBest, type Trial, trialCells, trialsOf } from '../tuning.ts';
import type { Options } from './options.ts';
import { makePlans } from './plan.ts';
import type { Selected } from './select.ts';
import { checkOut, interrupted, runPlans, type World } from './sweep.ts';

interface TrialOutcome extends Trial {
  readonly dataset: string;
  /** On the validation part, at its best epoch; absent where the trial failed. */
  readonly validation?: number;
  readonly bestEpoch?: number;
  readonly epochs?: number;
}

/** Tries the paper's grid on the validation part, stage by stage, and writes what came out. @returns the exit code. */
export async function tune(options: Options, world: World): Promise<number> {
  const { experiments, out, budget, json } = options;
  const [selected, ...further] = experiments;
  if (selected === undefined || further.length > 0) throw oneExperiment(experiments.length);
  const { paper, experiment } = selected;
  const metric = experiment.metrics[0]!.name;
  const coarse = await runStage(options, selected, world);
  const tried = trialOutcomes(options, selected, coarse, metric);
  const around = best(tried);
  const goesOn = paper.tuning.fine !== undefined && around.length > 0 && !world.signal.aborted;
  const fine = goesOn ? await runStage(options, selected, world, around) : [];
  const outcomes = [...coarse, ...fine];
  if (world.signal.aborted) return interrupted(outcomes, world);
  const trials = [...tried, ...trialOutcomes(options, selected, fine, metric, around)];
  const file = {
    format: 'losslab-tuning/1',
    paper: paper.name,
    budget,
    metric,
    ...paper.tuning,
    trials,
    best: best(trials),
  };
  const text = `${JSON.stringify(file, undefined, 1)}\n`;
  const path = join(out, 'tuning.json');
  writeWhole(path, text);
  const tuned = tunedFile(options, trials, metric, world.command);
  writeWhole(join(out, 'tuned.json'), `${JSON.stringify(tuned, undefined, 1)}\n`);
  if (json !== undefined && json !== '-') writeWhole(json, text);
  if (json === '-') world.out(text.trimEnd());
  const print = json === '-' ? world.log : world.out;
  print(formatTextTable(bestTable(best(trials), metric)));
  print(`outcome: ${path}`);
  const failed = outcomes.filter(({ error }) => error !== undefined);
  for (const { cell, error } of failed) world.log(`failed: ${cell.dataset} ${cell.method}: ${error!.message}`);
  return best(trials).length === 0 ? 1 : 0;
}

/** Trains the trials of the first stage or, around its best, of the second. */
async function runStage(options: Options, { paper }: Selected, world: World, around?: CoarseBest): Promise<Outcome[]> {
  const plans = await makePlans(options, world.signal, (...of) => trialCells(...of, around));
  if (around === undefined) checkOut(options);
  const { reason, epochs } = paper.tuning;
  const stage = around === undefined ? reason : 'around the best of these';
  world.log(`${paper.name}: ${plans[0]!.cells.length} trials, ${stage}, ${epochs} epochs at most`);
  const [outcomes = []] = await runPlans(options, plans, world);
  return outcomes;
}

function oneExperiment(count: number): LosslabError {
  return new LosslabError('bad-option', `[reproduce] expected one table to tune, got ${count} experiments; name one`, {
    where: 'table',
  });
}

function trialOutcomes(
  options: Options,
  selected: Selected,
  outcomes: readonly Outcome[],
  metric: string,
  around?: CoarseBest,
): TrialOutcome[] {
  return outcomes.map(({ cell, result }) => {
    const trial = trialsOf(options, selected, cell.dataset, around).find(({ id }) => id === cell.method)!;
    const validation = result?.validation?.[metric];
    const found = result === undefined ? {} : { bestEpoch: result.bestEpoch, epochs: result.epochs };
    return { dataset: cell.dataset, ...trial, ...(validation !== undefined && { validation }), ...found };
  });
}

/** What a paper's folder keeps of the search. */
function tunedFile({ budget }: Options, trials: readonly TrialOutcome[], metric: string, command: string): Tuned {
  const finished = trials.filter(({ validation }) => validation !== undefined);
  return {
    format: 'losslab-tuned/1',
    command,
    date: new Date().toISOString().slice(0, 10),
    budget,
    metric,
    best: best(finished).map(({ dataset, method, validation, bestEpoch, epochs, choice }) => ({
      dataset,
      method,
      trials: countOf(finished.filter((trial) => trial.dataset === dataset && trial.method === method)),
      validation: validation!,
      bestEpoch: bestEpoch!,
      epochs: epochs!,
      choice,
    })),
  };
}

/** Trials that differ: the second stage has the best of the first once more. */
function countOf(trials: readonly TrialOutcome[]): number {
  return new Set(trials.map(({ choice }) => JSON.stringify(choice))).size;
}

/** The best trial of each data set and method, by the validation part alone. */
function best(trials: readonly TrialOutcome[]): TrialOutcome[] {
  const found = new Map<string, TrialOutcome>();
  for (const trial of trials) {
    const key = `${trial.dataset} ${trial.method}`;
    const value = trial.validation ?? Number.NEGATIVE_INFINITY;
    if (value > (found.get(key)?.validation ?? Number.NEGATIVE_INFINITY)) found.set(key, trial);
  }
  return [...found.values()];
}

function bestTable(trials: readonly TrialOutcome[], metric: string): Table {
  const right = (heading: string) => ({ heading, align: 'right' as const });
  return {
    columns: [
      { heading: 'data' },
      { heading: 'method' },
      right(`valid ${metric}`),
      { heading: 'setting' },
      right('epoch'),
    ],
    rows: trials.map(({ dataset, method, validation, choice, bestEpoch, epochs }) => [
      dataset,
      method,
      formatMetric(validation ?? Number.NaN),
      Object.entries(choice)
        .map(([option, value]) => (typeof value === 'object' ? describe(value as NamedOptions) : `${option} ${value}`))
        .join(', '),
      `${bestEpoch} of ${epochs}`,
    ]),
  };
}
