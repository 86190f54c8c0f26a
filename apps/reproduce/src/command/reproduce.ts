import { join } from 'node:path';
import { formatTextTable, renderHtml, writeWhole } from '@losslab/report';
import { cellName, datasetsAt } from '../cells.ts';
import { datasetId } from '../experiment.ts';
import { type BuiltReport, buildReport } from '../report/build.ts';
import { cellStore } from '../sweep/store.ts';
import type { Outcome } from '../sweep/sweep.ts';
import type { Options } from './options.ts';
import { makePlans, type Plan } from './plan.ts';
import { checkOut, interrupted, runPlans, type World } from './sweep.ts';

/** Runs experiments to their tables, figures and reports. @returns the exit code. */
export async function reproduce(options: Options, world: World): Promise<number> {
  const { out, json } = options;
  const plans = await makePlans(options, world.signal);
  for (const message of new Set(plans.flatMap(({ skipped }) => skipped))) world.log(`left out: ${message}`);
  checkOut(options);
  for (const plan of plans) world.log(announcement(options, plan));
  const outcomes = await runPlans(options, plans, world);
  if (world.signal.aborted) return interrupted(outcomes.flat(), world);
  const print = json === '-' ? world.log : world.out;
  const files: object[] = [];
  for (const [k, plan] of plans.entries()) {
    const { paper, experiment } = plan;
    const folder = plans.length === 1 ? out : join(out, `${paper.name}-${experiment.id.replace(':', '-')}`);
    files.push(await report(options, plan, outcomes[k]!, folder, world.command, print));
  }
  const whole = plans.length === 1 ? files[0] : files;
  if (json === '-') world.out(JSON.stringify(whole, undefined, 1));
  else if (json !== undefined) writeWhole(json, `${JSON.stringify(whole, undefined, 1)}\n`);
  const failed = new Map(outcomes.flat().map(({ cell, error }) => [cellName(cell), error]));
  for (const [name, error] of failed) if (error !== undefined) world.log(`failed: ${name}: ${error.message}`);
  return [...failed.values()].some((error) => error !== undefined) ? 1 : 0;
}

/** Writes one experiment's report.html and results.json, and prints its table. @returns what results.json holds. */
async function report(
  options: Options,
  { paper, experiment, counts }: Plan,
  outcomes: readonly Outcome[],
  folder: string,
  command: string,
  print: (text: string) => void,
): Promise<object> {
  const { budget, protocols, seeds } = options;
  const store = cellStore(options.out);
  const built = await buildReport({ paper, experiment, budget, protocols, seeds, outcomes, counts, command, store });
  const path = join(folder, 'report.html');
  writeWhole(path, renderHtml(built.report));
  const file = resultsFile(options, { paper: paper.name, experiment: experiment.id, command }, built, outcomes);
  writeWhole(join(folder, 'results.json'), `${JSON.stringify(file, undefined, 1)}\n`);
  if (options.experiments.length > 1) print(`\n${paper.name}, ${experiment.title}`);
  print(formatTextTable(built.table));
  for (const line of verdictLines(built)) print(line);
  print(`report: ${path}`);
  return file;
}

function announcement({ budget, protocols, datasets }: Options, { paper, experiment, cells }: Plan): string {
  const names = datasets ?? datasetsAt(experiment, budget);
  const minutes = experiment.datasets
    .filter((dataset) => names.includes(datasetId(dataset)) && dataset.limits[budget] !== undefined)
    .map((dataset) => `${datasetId(dataset)} ${dataset.limits[budget]!.minutes}`);
  const time = budget === 'smoke' ? 'under a minute' : `minutes on two cores, about: ${minutes.join(', ')}`;
  return `${paper.name}, ${experiment.title}: ${cells.length} trainings, budget ${budget}, protocol ${protocols.join(' and ')} (${time})`;
}

function verdictLines({ judgements }: BuiltReport): string[] {
  const told = judgements.filter(({ verdict }) => verdict !== 'cannot be told');
  return told.map(({ claim, dataset, protocol, verdict }) => `${verdict} (${dataset}, ${protocol}): ${claim.text}`);
}

function resultsFile(
  { budget, protocols, seeds }: Options,
  of: { readonly paper: string; readonly experiment: string; readonly command: string },
  built: BuiltReport,
  outcomes: readonly Outcome[],
): object {
  return {
    format: 'losslab-reproduction/1',
    ...of,
    budget,
    protocols,
    seeds,
    title: built.report.title,
    rows: built.rows,
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
    results: outcomes.flatMap(({ result }) => result ?? []),
  };
}
