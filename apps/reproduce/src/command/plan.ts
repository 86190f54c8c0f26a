import { LosslabError, type Protocol } from '@losslab/core';
import { type Cell, cellKey, dataOf, datasetsAt, planCells } from '../cells.ts';
import { openCellDataset } from '../datasets.ts';
import { datasetId, type NamedOptions } from '../experiment.ts';
import type { DatasetCounts } from '../report/table-one.ts';
import type { Options } from './options.ts';
import type { Selected } from './select.ts';

/** What is to be trained for one experiment. */
export interface Plan extends Selected {
  readonly cells: readonly { readonly cell: Cell; readonly key: string }[];
  readonly counts: readonly DatasetCounts[];
  /** Data sets that were wanted by default and are not there, with the reason. */
  readonly skipped: readonly string[];
}

type CellsOf = (options: Options, selected: Selected, datasets: readonly string[]) => Cell[];

/**
 * Opens every data set once, which finds out what is missing before anything is trained, and plans the cells. Of several
 * experiments those without any of the data sets asked for are left out.
 * @throws LosslabError as `openDataset` does for a data set that was asked for, or where none is there.
 */
export async function makePlans(options: Options, signal: AbortSignal, cellsOf: CellsOf = sweepCells): Promise<Plan[]> {
  const { experiments, datasets, budget } = options;
  const has = ({ experiment }: Selected): boolean =>
    datasets === undefined || datasetsAt(experiment, budget).some((name) => datasets.includes(name));
  const chosen = experiments.length === 1 ? experiments : experiments.filter(has);
  const opened = new Map<string, Promise<Opened>>();
  const open = (data: NamedOptions): Promise<Opened> => {
    const key = JSON.stringify(data);
    if (!opened.has(key)) opened.set(key, openOnce(options, data, signal));
    return opened.get(key)!;
  };
  const plans: Plan[] = [];
  for (const selected of chosen.length === 0 ? experiments : chosen) {
    plans.push(await makePlan(options, selected, cellsOf, open));
  }
  return plans;
}

async function makePlan(
  options: Options,
  selected: Selected,
  cellsOf: CellsOf,
  open: (data: NamedOptions) => Promise<Opened>,
): Promise<Plan> {
  const { budget } = options;
  const { experiment } = selected;
  const wanted = wantedOf(options, selected);
  const found: (Opened & { readonly name: string })[] = [];
  const skipped: string[] = [];
  for (const dataset of wanted) {
    try {
      cellsOf(options, selected, [dataset]); // an unknown data set or method is told before anything is read
      found.push({ name: dataset, ...(await open(dataOf(experiment, dataset))) });
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
  const names = found.map(({ name }) => name);
  return {
    ...selected,
    cells: cellsOf(options, selected, names).map((cell) => ({
      cell,
      key: cellKey(cell, checksums.get(cell.dataset)!),
    })),
    counts: found.flatMap(({ name, ...counts }) => {
      const column = experiment.datasets.find((d) => datasetId(d) === name)?.column;
      return column === undefined ? [] : [{ name, column, ...counts }];
    }),
    skipped: budget === 'smoke' ? [] : skipped,
  };
}

/** Those that were asked for; of several experiments, those of them that this one has. */
function wantedOf({ datasets, experiments, budget }: Options, { experiment }: Selected): readonly string[] {
  const own = datasetsAt(experiment, budget);
  if (datasets === undefined) return own;
  return experiments.length === 1 ? datasets : datasets.filter((name) => own.includes(name));
}

function sweepCells(
  { budget, protocols, seeds, methods }: Options,
  selected: Selected,
  datasets: readonly string[],
): Cell[] {
  const { experiment } = selected;
  const own = methods?.filter((method) => experiment.methods.some(({ id }) => id === method));
  return planCells(experiment, { datasets, budget, protocols, seeds, ...(own && { methods: own }) });
}

interface Opened {
  readonly checksum: string;
  readonly users: number;
  readonly items: number;
  readonly interactions: number;
}

async function openOnce(
  { dataDir, budget, datasets }: Options,
  data: NamedOptions,
  signal: AbortSignal,
): Promise<Opened> {
  const protocol: Protocol = 'clean'; // the one that keeps every part
  const fetch = budget !== 'smoke' || datasets !== undefined; // smoke takes what is at hand
  const dataset = await openCellDataset(data, protocol, {
    signal,
    fetch,
    ...(dataDir !== undefined && { dataDir }),
  });
  const { train, valid, test, checksum } = dataset;
  const interactions = train.indices.length + (valid?.indices.length ?? 0) + test.indices.length;
  return { checksum, users: train.userCount, items: train.itemCount, interactions };
}
