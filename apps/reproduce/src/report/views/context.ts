import type { Protocol } from '@losslab/core';
import type { Block, Comparison, Table } from '@losslab/report';
import type { Budget, Experiment } from '../../experiment.ts';
import type { Probed } from '../../probe/probe.ts';
import type { PerUser } from '../../sweep/store.ts';
import type { Measured } from '../measured.ts';

/** What a view draws from. */
export interface ViewContext {
  readonly experiment: Experiment;
  readonly budget: Budget;
  readonly protocols: readonly Protocol[];
  readonly measured: readonly Measured[];
  readonly comparisons: readonly Comparison[];
  /** What the probe found, and metrics by user, of the cell with that key; undefined where nothing was kept. */
  readonly probed: (key: string) => Probed | undefined;
  readonly perUser: (key: string) => PerUser | undefined;
}

/** An experiment as it is shown. */
export interface Shown {
  readonly heading: string;
  /** Printed at the end of the command, and the report's first table. */
  readonly table: Table;
  readonly figures: readonly Block[];
}

/** Data set × protocol, as far as there are results. */
export function panelsOf(
  measured: readonly Measured[],
  protocols: readonly Protocol[],
): { readonly dataset: string; readonly protocol: Protocol }[] {
  const datasets = [...new Set(measured.map(({ dataset }) => dataset))];
  return datasets.flatMap((dataset) =>
    protocols
      .filter((protocol) => measured.some((m) => m.dataset === dataset && m.protocol === protocol))
      .map((protocol) => ({ dataset, protocol })),
  );
}
