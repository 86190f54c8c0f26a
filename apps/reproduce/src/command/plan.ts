import { LosslabError, type Protocol } from '@losslab/core';
import { type Cell, cellKey, planCells } from '../cells.ts';
import { openCellDataset } from '../datasets.ts';
import type { DatasetCounts } from '../report/table-one.ts';
import type { Options } from './options.ts';

export interface Plan {
  readonly cells: readonly { readonly cell: Cell; readonly key: string }[];
  readonly counts: readonly DatasetCounts[];
  /** Data sets that were wanted by default and are not there, with the reason. */
  readonly skipped: readonly string[];
}

/**
 * Opens every data set once, which finds out what is missing before anything is trained, and plans the cells.
 * @throws LosslabError as `openDataset` does for a data set that was asked for, or where none is there.
 */
export async function makePlan(options: Options, signal: AbortSignal, cellsOf = sweepCells): Promise<Plan> {
  const { experiment, budget } = options;
  const wanted = options.datasets ?? experiment.defaults[budget];
  const found: Opened[] = [];
  const skipped: string[] = [];
  for (const dataset of wanted) {
    try {
      cellsOf(options, [dataset]); // an unknown data set or method is told before anything is read
      found.push(await open(options, dataset, signal));
    } catch (error) {
      const isMissing =
        error instanceof LosslabError && error.code === 'missing-data' && options.datasets === undefined;
      if (!isMissing) throw error;
      skipped.push(error.message);
    }
    if (budget === 'smoke' && options.datasets === undefined && found.length > 0) break; // one is enough
  }
  if (found.length === 0)
    throw new LosslabError('missing-data', skipped.at(-1) ?? '[reproduce] expected data, got none');
  const checksums = new Map(found.map(({ name, checksum }) => [name, checksum]));
  const cells = cellsOf(
    options,
    found.map(({ name }) => name),
  );
  return {
    cells: cells.map((cell) => ({ cell, key: cellKey(cell, checksums.get(cell.dataset)!) })),
    counts: found.flatMap(({ counts }) => counts ?? []),
    skipped: budget === 'smoke' ? [] : skipped,
  };
}

function sweepCells(options: Options, datasets: readonly string[]): Cell[] {
  const { experiment, budget, protocols, seeds, methods } = options;
  return planCells(experiment, { datasets, budget, protocols, seeds, ...(methods && { methods }) });
}

interface Opened {
  readonly name: string;
  readonly checksum: string;
  readonly counts?: DatasetCounts;
}

async function open(options: Options, name: string, signal: AbortSignal): Promise<Opened> {
  const { experiment, dataDir, budget, datasets } = options;
  const protocol: Protocol = 'clean'; // the one that keeps every part
  const fetch = budget !== 'smoke' || datasets !== undefined; // smoke takes what is at hand
  const dataset = await openCellDataset(name, protocol, { signal, fetch, ...(dataDir !== undefined && { dataDir }) });
  const { train, valid, test, checksum } = dataset;
  const column = experiment.datasets.find((d) => d.name === name)?.column;
  if (column === undefined) return { name, checksum };
  const interactions = train.indices.length + (valid?.indices.length ?? 0) + test.indices.length;
  return { name, checksum, counts: { name, column, users: train.userCount, items: train.itemCount, interactions } };
}
