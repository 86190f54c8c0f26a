import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult } from '@losslab/core';
import { entriesOf, formatTextTable, leaderboard, renderHtml, runReport, writeWhole } from '@losslab/report';
import { finish, train } from '@losslab/trainer';
import { commandLine, quoted } from '../cli/command-name.ts';
import { type Interruption, takeInterruptions } from '../cli/interruption.ts';
import { checkFolder, makeOutput } from '../cli/output.ts';
import { type Bar, makeBar } from '../cli/progress.ts';
import { trainingProgress } from '../cli/training-progress.ts';
import { registry } from '../registry.ts';
import type { OpenedData } from '../run/open-data.ts';
import { packageVersions } from '../run/package-versions.ts';
import { openStartData } from '../run/start-data.ts';
import { type StartRun, startRuns } from '../run/start-runs.ts';
import type { StartFlags } from './start.ts';

/** The first one orders the leaderboard. */
const metrics = ['recall@20', 'ndcg@20', 'recall@10', 'ndcg@10'];

/** `losslab start`. */
export async function startCommand(flags: StartFlags): Promise<number> {
  const { data, dataDir, epochs, out, json } = flags;
  const output = makeOutput(json);
  checkFolder(out, '--out');
  const bar = makeBar();
  const interruption = takeInterruptions(() => bar.note('interrupted'));
  const { signal } = interruption;
  try {
    const opened = await openStartData({ dataDir, signal, bar }, data);
    const runs = epochs === undefined ? startRuns : startRuns.map((run) => shortened(run, epochs));
    const results = await trainAll(runs, opened, { out, command: commandOf(flags) }, bar, interruption);
    bar.stop();
    if (signal.aborted) return interruption.exitCode();
    const report = join(out, 'report.html');
    writeWhole(report, await reportOf(results, flags));
    output.print(formatTextTable(leaderboard(entriesOf(results), { heading: 'method', metrics })));
    output.print(`\nreport: ${report}`);
    await output.writeJson(results);
    output.note(nextSteps(out, opened));
    return 0;
  } finally {
    bar.stop();
    interruption.release();
  }
}

function shortened({ name, config }: StartRun, epochs: number): StartRun {
  return { name, config: { ...config, epochs: Math.min(epochs, config.epochs ?? epochs) } };
}

async function trainAll(
  runs: readonly StartRun[],
  opened: OpenedData,
  { out, command }: { readonly out: string; readonly command: string },
  bar: Bar,
  { signal }: Interruption,
): Promise<RunResult[]> {
  const results: RunResult[] = [];
  for (const run of runs) {
    if (signal.aborted) break;
    results.push(await trainRun(run, opened, { out: join(out, run.name), command }, bar, signal));
  }
  return results;
}

function trainRun(
  { name, config }: StartRun,
  { dataset, config: { data }, seconds }: OpenedData,
  { out, command }: { readonly out: string; readonly command: string },
  bar: Bar,
  signal: AbortSignal,
): Promise<RunResult> {
  if (existsSync(join(out, 'run.json'))) rmSync(out, { recursive: true }); // an earlier start's
  const progress = trainingProgress({ bar, moves: process.stderr.isTTY === true, label: name });
  const told = { command, versions: packageVersions(), loadSeconds: seconds };
  const events = train({ config: { ...config, data }, dataset, plugins: registry, out, signal, ...told });
  return finish(events, progress);
}

async function reportOf(results: readonly RunResult[], flags: StartFlags): Promise<string> {
  const { name } = results[0]!.dataset;
  const report = await runReport(results, {
    title: `A first look at ${name}`,
    lead: 'Matrix factorisation with three losses, and popularity as the floor. The validation part chose each epoch.',
    command: commandOf(flags),
    metrics,
  });
  return renderHtml(report);
}

function commandOf({ data, dataDir, epochs, out }: StartFlags): string {
  const given = Object.entries({ data, 'data-dir': dataDir, epochs, out }).filter(([, value]) => value !== undefined);
  return commandLine(['start', ...given.flatMap(([flag, value]) => [`--${flag}`, quoted(String(value))])].join(' '));
}

function nextSteps(out: string, { dataset }: OpenedData): string {
  const run = quoted(join(out, 'bsl'));
  return [
    'next:',
    `  ${commandLine(`recommend --run ${run} --user ${quoted(dataset.ids.users[0] ?? '')}`)}`,
    `  ${commandLine(`train --data ${dataset.name} --loss sl --set loss.tau=0.2`)}`,
    `  ${commandLine('--help')}`,
  ].join('\n');
}
