import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LosslabError } from '@losslab/core';
import { z } from 'zod';
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

const fileSchema = z.object({
  format: z.literal('losslab-reproduction/1'),
  paper: z.string(),
  experiment: z.string(),
  title: z.string(),
  command: z.string(),
  budget: z.string(),
  rows: z.array(row),
  claims: z.array(claim),
});

/**
 * A Markdown page of the results that commands kept: `results.json` in each folder, or in the folders within it.
 * @throws LosslabError `missing-data` for a folder without any, `bad-data` for a file that is none.
 */
export function readResults(folders: readonly string[]): string {
  return resultsPage(folders.flatMap(reportsIn));
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
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) as KeptReport;
  } catch (cause) {
    const message = `[reproduce] expected results of reproduce in ${path}, got something else; run it again with --resume`;
    throw new LosslabError('bad-data', message, { where: 'from', cause });
  }
}
