import { createHash } from 'node:crypto';
import type { Protocol } from '@losslab/core';
import { unknownName } from '@losslab/core';
import { parseConfig, type RunConfigInput } from '@losslab/trainer';
import type { Budget, Experiment, Limits, Method, Setting } from './experiment.ts';

/** One training: data set × method × protocol × seed. */
export interface Cell {
  readonly dataset: string;
  readonly method: string;
  readonly protocol: Protocol;
  readonly seed: number;
  readonly config: RunConfigInput;
}

export interface Selection {
  readonly datasets: readonly string[];
  readonly methods?: readonly string[];
  readonly budget: Budget;
  readonly protocols: readonly Protocol[];
  readonly seeds: readonly number[];
}

/**
 * The cells of a selection, data set by data set, so that the first numbers to come are comparable.
 * @throws LosslabError `unknown-name` for a data set or method that the experiment does not have.
 */
export function planCells(experiment: Experiment, selection: Selection): Cell[] {
  const ids = experiment.methods.map((method) => method.id);
  for (const id of selection.methods ?? []) if (!ids.includes(id)) throw unknownName('method', id, ids, 'reproduce');
  const methods = experiment.methods.filter((method) => selection.methods?.includes(method.id) ?? true);
  return selection.datasets.flatMap((dataset) => {
    const limits = findLimits(experiment, dataset, selection.budget);
    return selection.seeds.flatMap((seed) =>
      selection.protocols.flatMap((protocol) =>
        methods.flatMap((method): Cell[] => {
          const setting = method.settings[dataset]?.[selection.budget];
          if (setting === undefined) return [];
          const config = cellConfig(experiment, { dataset, setting, limits, protocol, seed });
          return [{ dataset, method: method.id, protocol, seed, config }];
        }),
      ),
    );
  });
}

function findLimits(experiment: Experiment, dataset: string, budget: Budget): Limits {
  const known = experiment.datasets.filter((d) => d.limits[budget] !== undefined);
  const found = known.find((d) => d.name === dataset);
  if (found === undefined) {
    const names = known.map((d) => d.name);
    throw unknownName(`data set of table ${experiment.table} at budget ${budget}`, dataset, names, 'reproduce');
  }
  return found.limits[budget]!;
}

interface CellParts {
  readonly dataset: string;
  readonly setting: Setting;
  readonly limits: Limits;
  readonly protocol: Protocol;
  readonly seed: number;
}

/** The run configuration of one cell. */
export function cellConfig(experiment: Experiment, parts: CellParts): RunConfigInput {
  const { dataset, setting, limits, protocol, seed } = parts;
  const { similarity, l2, dropout } = setting;
  const stopOn = experiment.metrics[0]!.name;
  return {
    data: { name: dataset },
    model: { name: experiment.model, similarity, l2, dropout },
    loss: setting.loss,
    sampler: { name: 'uniform', exclude: 'nobody' },
    optimizer: { name: 'adam', learningRate: setting.learningRate },
    epochs: limits.epochs,
    patience: limits.patience,
    evaluateEvery: limits.evaluateEvery,
    batchSize: setting.batchSize,
    positives: setting.positives ?? 1,
    negatives: setting.negatives,
    metrics: [...new Set(experiment.metrics.map((metric) => metric.name.split('@')[0]!))].map((name) => ({ name })),
    at: [...new Set(experiment.metrics.map((metric) => Number(metric.name.split('@')[1])))],
    stopOn,
    protocol,
    seed,
  };
}

/** Identifies a finished cell: the same key means the same configuration on the same bytes. */
export function cellKey(cell: Cell, checksum: string): string {
  const text = JSON.stringify(sorted({ format: 'losslab-cell/1', config: parseConfig(cell.config), checksum }));
  return createHash('sha256').update(text).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** `gowalla bsl paper seed 1`. */
export function cellName(cell: Pick<Cell, 'dataset' | 'method' | 'protocol' | 'seed'>): string {
  return `${cell.dataset} ${cell.method} ${cell.protocol} seed ${cell.seed}`;
}

export function methodOf(experiment: Experiment, id: string): Method {
  return experiment.methods.find((method) => method.id === id)!;
}
