import { realpathSync } from 'node:fs';
import { LosslabError } from '@losslab/core';
import {
  type ComparedRun,
  compareRuns,
  comparisonJson,
  comparisonReport,
  comparisonText,
  renderHtml,
  writeWhole,
} from '@losslab/report';
import { findRuns, type KeptRun } from '@losslab/trainer';
import { checkFile, makeOutput, type Output } from '../cli/output.ts';
import { terminalStyle } from '../cli/terminal-style.ts';
import type { CompareFlags } from './compare.ts';

/** `losslab compare`. */
export async function compareCommand(paths: readonly string[], flags: CompareFlags): Promise<number> {
  const { metrics, html, json, typed } = flags;
  const output = makeOutput(json);
  if (html !== undefined) checkFile(html, '--html');
  const runs = once(
    paths.flatMap((path) => runsAt(path, output)),
    output,
  );
  const comparison = compareRuns(runs, metrics === undefined ? {} : { metrics });
  const stream = json === '-' ? process.stderr : process.stdout;
  const width = stream.isTTY ? { width: stream.columns } : {};
  output.print(comparisonText(comparison, { style: terminalStyle(stream), ...width }));
  if (html !== undefined) {
    const report = await comparisonReport(comparison, typed === undefined ? {} : { command: typed });
    writeWhole(html, renderHtml(report));
    output.print(`\nreport: ${html}`);
  }
  await output.writeJson(comparisonJson(comparison));
  return 0;
}

/** Each run once, however often and by whatever path it was named: beside itself it would pass for another run. */
function once(runs: readonly ComparedRun[], output: Output): ComparedRun[] {
  const byPath = new Map<string, ComparedRun>();
  for (const run of runs) {
    const key = realpathSync(run.path);
    const before = byPath.get(key);
    if (before === undefined) byPath.set(key, run);
    else
      output.note(
        `passed over: ${run.path}: ${before.path === run.path ? 'named twice' : `the same as ${before.path}`}`,
      );
  }
  return [...byPath.values()];
}

/** The finished runs at a path. @throws LosslabError `bad-run` where there are none */
function runsAt(path: string, output: Output): ComparedRun[] {
  const { runs, passedOver } = found(path);
  const finished = runs.filter(({ status }) => status === 'finished');
  for (const { path: file, reason } of passedOver) output.note(`passed over: ${file}: ${reason}`);
  for (const run of runs) if (run.status !== 'finished') output.note(`passed over: ${run.path}: ${run.status}`);
  if (finished.length > 0) return finished.map(compared);
  const got = runs[0] === undefined ? 'none' : `one that is ${runs[0].status}`;
  const remedy = runs[0] === undefined ? 'check the path' : 'resume it first';
  throw new LosslabError('bad-run', `[losslab] expected a finished run in ${path}, got ${got}; ${remedy}`);
}

function found(path: string) {
  try {
    return findRuns([path]);
  } catch (error) {
    if (!(error instanceof LosslabError) || error.code !== 'missing-data') throw error;
    throw new LosslabError('bad-run', `[losslab] expected a run in ${path}, got none; check the path`, {
      cause: error,
    });
  }
}

function compared(run: KeptRun): ComparedRun {
  const { path, result } = run;
  return { path, result: result!, perUser: run.perUser(), testPart: run.testPart() };
}
