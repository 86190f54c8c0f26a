import type { RunResult } from '@losslab/core';
import { type Summary, summarise } from './summary.ts';

/** One line of a leaderboard: runs that differ in their seed alone, under one name. */
export interface Entry {
  readonly label: string;
  readonly results: readonly RunResult[];
}

/** `bsl` for a run with a loss, the model's name for a fitted one. */
export function labelOf(result: RunResult): string {
  return result.loss?.name ?? result.model.name;
}

/** Groups runs by their label, in the order in which labels first appear. */
export function entriesOf(results: readonly RunResult[], label: (result: RunResult) => string = labelOf): Entry[] {
  const groups = new Map<string, RunResult[]>();
  for (const result of results) {
    const name = label(result);
    groups.set(name, [...(groups.get(name) ?? []), result]);
  }
  return [...groups].map(([name, group]) => ({ label: name, results: group }));
}

/** A test metric over an entry's runs. */
export function metricSummary(entry: Entry, metric: string): Summary {
  return summarise(entry.results.map((result) => result.metrics[metric] ?? Number.NaN));
}

/** The metrics that every run has, in the order of the first. */
export function commonMetrics(entries: readonly Entry[]): string[] {
  const results = entries.flatMap((entry) => entry.results);
  return Object.keys(results[0]?.metrics ?? {}).filter((name) => results.every((r) => r.metrics[name] !== undefined));
}
