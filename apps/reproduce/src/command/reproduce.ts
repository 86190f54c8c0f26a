import { join } from 'node:path';
import { formatTextTable, renderHtml, writeWhole } from '@losslab/report';
import { cellName } from '../cells.ts';
import { type BuiltReport, buildReport } from '../report/build.ts';
import type { Options } from './options.ts';
import { makePlan } from './plan.ts';
import { checkOut, interrupted, runPlan, type World } from './sweep.ts';

/** Runs an experiment to its table and its report. @returns the exit code. */
export async function reproduce(options: Options, world: World): Promise<number> {
  const { paper, experiment, budget, protocols, seeds, out, json } = options;
  const plan = await makePlan(options, world.signal);
  for (const message of plan.skipped) world.log(`left out: ${message}`);
  checkOut(options);
  world.log(announcement(options, plan.cells.length));
  const outcomes = await runPlan(options, plan, world);
  if (world.signal.aborted) return interrupted(outcomes, world);
  const { command } = world;
  const built = await buildReport({
    paper,
    experiment,
    budget,
    protocols,
    seeds,
    outcomes,
    counts: plan.counts,
    command,
  });
  const reportPath = join(out, 'report.html');
  writeWhole(reportPath, renderHtml(built.report));
  const results = `${JSON.stringify(
    resultsFile(
      options,
      built,
      outcomes.map(({ result }) => result),
    ),
    undefined,
    1,
  )}\n`;
  writeWhole(join(out, 'results.json'), results);
  if (json !== undefined && json !== '-') writeWhole(json, results);
  const print = json === '-' ? world.log : world.out;
  if (json === '-') world.out(results.trimEnd());
  print(formatTextTable(built.table));
  for (const line of verdictLines(built)) print(line);
  print(`report: ${reportPath}`);
  const failed = outcomes.filter(({ error }) => error !== undefined);
  for (const { cell, error } of failed) world.log(`failed: ${cellName(cell)}: ${error!.message}`);
  return failed.length > 0 ? 1 : 0;
}

function announcement({ paper, experiment, budget, protocols, datasets }: Options, cells: number): string {
  const names = datasets ?? experiment.defaults[budget];
  const minutes = experiment.datasets
    .filter(({ name }) => names.includes(name))
    .map(({ name, limits }) => `${name} ${limits[budget]?.minutes ?? '?'}`);
  const time = budget === 'smoke' ? 'under a minute' : `minutes on two cores, about: ${minutes.join(', ')}`;
  return `${paper.name}, ${experiment.title}: ${cells} trainings, budget ${budget}, protocol ${protocols.join(' and ')} (${time})`;
}

function verdictLines({ judgements }: BuiltReport): string[] {
  const told = judgements.filter(({ verdict }) => verdict !== 'cannot be told');
  return told.map(({ claim, dataset, protocol, verdict }) => `${verdict} (${dataset}, ${protocol}): ${claim.text}`);
}

function resultsFile(options: Options, built: BuiltReport, results: readonly unknown[]): object {
  const { paper, experiment, budget, protocols, seeds } = options;
  return {
    format: 'losslab-reproduction/1',
    paper: paper.name,
    table: experiment.table,
    budget,
    protocols,
    seeds,
    comparisons: built.comparisons,
    claims: built.judgements.map(({ claim, dataset, protocol, verdict, evidence }) => ({
      claim: claim.text,
      source: claim.source,
      dataset,
      protocol,
      verdict,
      evidence,
    })),
    departures: built.departures,
    results: results.filter((result) => result !== undefined),
  };
}
