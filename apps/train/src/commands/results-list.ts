import { LosslabError } from '@losslab/core';
import { formatCsv, formatTextTable, writeWhole } from '@losslab/report';
import {
  checkMetrics,
  type FoundRuns,
  findRuns,
  parseCondition,
  runFacts,
  selectRuns,
  sortRuns,
} from '@losslab/trainer';
import { checkFile, makeOutput } from '../cli/output.ts';
import { terminalStyle } from '../cli/terminal-style.ts';
import { factsTable, resultsTable } from '../run/results-table.ts';
import type { ResultsFlags } from './results.ts';

/** `losslab results [folder...]`. */
export async function resultsCommand(folders: readonly string[], flags: ResultsFlags): Promise<number> {
  const { where = [], sort, reverse = false, metrics, csv, json } = flags;
  if (csv === '-' && json === '-') throw twice();
  const output = makeOutput(csv === '-' ? '-' : json);
  if (csv !== undefined && csv !== '-') checkFile(csv, '--csv');
  const conditions = where.map(parseCondition);
  const { runs, passedOver } = lookedUp(folders);
  if (metrics !== undefined) checkMetrics(runs, metrics);
  const selected = selectRuns(runs, conditions);
  const sorted = sort === undefined ? selected : sortRuns(selected, sort);
  const shown = reverse ? sorted.reverse() : sorted;
  const stream = csv === '-' || json === '-' ? process.stderr : process.stdout;
  if (shown.length > 0) output.print(formatTextTable(resultsTable(shown, { sort, metrics }), terminalStyle(stream)));
  const of = selected.length === runs.length ? '' : ` of ${runs.length}`;
  output.note(`${selected.length}${of} run${runs.length === 1 ? '' : 's'}`);
  for (const { path, reason } of passedOver) output.note(`passed over: ${path}: ${reason}`);
  const facts = shown.map((run) => ({ ...runFacts(run), options: run.options }));
  if (csv === '-') process.stdout.write(formatCsv(factsTable(shown)));
  else await output.writeJson({ format: 'losslab-results/1', runs: facts, passedOver });
  if (csv !== undefined && csv !== '-') writeWhole(csv, formatCsv(factsTable(shown)));
  return 0;
}

/** Those of the folders; without any, those of `runs`. */
function lookedUp(folders: readonly string[]): FoundRuns {
  try {
    return findRuns(folders.length === 0 ? ['runs'] : folders);
  } catch (error) {
    if (folders.length > 0 || !(error instanceof LosslabError) || error.code !== 'missing-data') throw error;
    throw new LosslabError('missing-data', '[losslab] expected a folder runs here, got none; name the folders of runs');
  }
}

function twice(): LosslabError {
  const message = '[losslab] expected one of --csv and --json on stdout, got both; give one of them a file';
  return new LosslabError('bad-option', message, { where: '--csv' });
}
