import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LosslabError } from '@losslab/core';
import { writeWhole } from '@losslab/report';
import * as z from 'zod';
import { papers } from '../papers.ts';
import { keptText, mergeReports } from '../report/kept.ts';
import { type KeptReport, resultsPage } from '../report/results-page.ts';

const row = z.object({
  dataset: z.string(),
  method: z.string(),
  metric: z.string(),
  protocol: z.enum(['clean', 'paper']),
  published: z.number().optional(),
  mean: z.number(),
  sd: z.number(),
  seeds: z.array(z.number()),
  isUnfinished: z.boolean(),
  seconds: z.number(),
  engine: z.string(),
  date: z.string(),
});

const claim = z.object({
  claim: z.string(),
  source: z.string(),
  dataset: z.string(),
  protocol: z.enum(['clean', 'paper']),
  verdict: z.string(),
  evidence: z.string(),
});

const reportSchema = z.object({
  paper: z.string(),
  experiment: z.string(),
  title: z.string(),
  command: z.string(),
  budget: z.string(),
  rows: z.array(row),
  claims: z.array(claim),
});

const fileSchema = reportSchema.extend({ format: z.literal('losslab-reproduction/1') });
const keptSchema = z.object({ format: z.literal('losslab-results/1'), reports: z.array(reportSchema) });

export interface ResultsOptions {
  /** Folders that hold a `results.json`, or whose folders do. */
  readonly from?: readonly string[];
  /** A folder that keeps the results of many commands, a file a paper; what `from` holds is added to it. */
  readonly keep?: string;
}

/**
 * A Markdown page of the results that commands kept.
 * @throws LosslabError `missing-data` for a folder without any, `bad-data` for a file that is none, `bad-option` without
 * either.
 */
export function readResults({ from = [], keep }: ResultsOptions): string {
  const fresh = from.flatMap(reportsIn);
  if (keep === undefined) {
    if (from.length > 0) return resultsPage(fresh);
    throw new LosslabError('bad-option', '[reproduce] expected a folder, got none; name --from or --keep');
  }
  const kept = mergeReports(readKept(keep), fresh);
  if (from.length > 0) writeKept(keep, kept);
  return resultsPage(kept);
}

const names = Object.keys(papers);
const fileOf = (folder: string, paper: string): string => join(folder, `${paper}.json`);

/** Paper by paper. */
function readKept(folder: string): KeptReport[] {
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    const message = `[reproduce] expected a folder with a file a paper, got the file ${folder}; name another`;
    throw new LosslabError('bad-option', message, { where: 'keep' });
  }
  return names
    .map((paper) => fileOf(folder, paper))
    .filter((path) => existsSync(path))
    .flatMap((path) => read(path, 'keep', (text) => keptSchema.parse(JSON.parse(text)).reports as KeptReport[]));
}

function writeKept(folder: string, reports: readonly KeptReport[]): void {
  mkdirSync(folder, { recursive: true });
  for (const paper of names) {
    const own = reports.filter((report) => report.paper === paper);
    if (own.length > 0) writeWhole(fileOf(folder, paper), keptText(own));
  }
}

function reportsIn(folder: string): KeptReport[] {
  const inner = existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => join(folder, name))
    : [];
  const paths = [folder, ...inner].map((path) => join(path, 'results.json')).filter((path) => existsSync(path));
  if (paths.length > 0) return paths.map(readReport);
  const message = `[reproduce] expected results.json in ${folder}, got none; name the --out of a command that has ended`;
  throw new LosslabError('missing-data', message, { where: 'from' });
}

function readReport(path: string): KeptReport {
  return read(path, 'from', (text) => {
    const { format: _, ...report } = fileSchema.parse(JSON.parse(text));
    return report as KeptReport;
  });
}

function read<T>(path: string, where: string, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const message = `[reproduce] expected results of reproduce in ${path}, got something else; run it again with --resume`;
    throw new LosslabError('bad-data', message, { where, cause });
  }
}
