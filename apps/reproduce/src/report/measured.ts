import type { Protocol, RunResult } from '@losslab/core';
import { type Comparison, type Entry, type Summary, summarise } from '@losslab/report';
import type { Ours } from '../claims.ts';
import type { Experiment } from '../experiment.ts';
import { type Published, publishedValue } from '../published.ts';
import type { Outcome } from '../sweep/sweep.ts';

/** A finished cell. */
export interface Measured {
  readonly dataset: string;
  readonly method: string;
  readonly protocol: Protocol;
  readonly seed: number;
  readonly result: RunResult;
}

export function measuredOf(outcomes: readonly Outcome[]): Measured[] {
  return outcomes.flatMap(({ cell: { config: _, ...of }, result }) =>
    result === undefined ? [] : [{ ...of, result }],
  );
}

/** Test metrics over seeds, under one protocol. */
export function oursUnder(measured: readonly Measured[], protocol: Protocol): Ours {
  return (dataset, method, metric) => {
    const values = measured
      .filter((m) => m.dataset === dataset && m.method === method && m.protocol === protocol)
      .flatMap((m) => m.result.metrics[metric] ?? []);
    return values.length === 0 ? undefined : summarise(values);
  };
}

/** A leaderboard's entries: the methods, in the experiment's order, on one data set under one protocol. */
export function entriesUnder(
  experiment: Experiment,
  measured: readonly Measured[],
  dataset: string,
  protocol: Protocol,
): Entry[] {
  return experiment.methods.flatMap(({ id, label }) => {
    const results = measured
      .filter((m) => m.dataset === dataset && m.method === id && m.protocol === protocol)
      .map((m) => m.result);
    return results.length === 0 ? [] : [{ label, results }];
  });
}

/** Published beside ours for every data set, method and metric of the plan, measured or not. */
export function comparisonsOf(
  experiment: Experiment,
  published: Published,
  planned: readonly { readonly dataset: string; readonly method: string }[],
  measured: readonly Measured[],
  protocols: readonly Protocol[],
): Comparison[] {
  const pairs = new Map(planned.map(({ dataset, method }) => [`${dataset} ${method}`, { dataset, method }]));
  return [...pairs.values()].flatMap(({ dataset, method }) => {
    const { label, row } = experiment.methods.find((m) => m.id === method)!;
    const column = experiment.datasets.find((d) => d.name === dataset)?.column;
    return experiment.metrics.map((metric): Comparison => {
      const printed =
        column === undefined
          ? undefined
          : publishedValue(published, experiment.table, row, `${column} ${metric.column}`);
      const ours = Object.fromEntries(
        protocols.map((protocol): [string, Summary | undefined] => [
          protocol,
          oursUnder(measured, protocol)(dataset, method, metric.name),
        ]),
      );
      return {
        dataset,
        method: label,
        metric: metric.name,
        ...(printed !== undefined && { published: printed }),
        ours,
      };
    });
  });
}
