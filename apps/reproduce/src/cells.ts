import { createHash } from 'node:crypto';
import type { Protocol } from '@losslab/core';
import { unknownName } from '@losslab/core';
import { parseConfig, type RunConfigInput } from '@losslab/trainer';
import { type Point, pointName, pointsOf, settingAt } from './axis.ts';
import {
  type Budget,
  datasetId,
  type Experiment,
  type Limits,
  type Method,
  type NamedOptions,
  type Setting,
} from './experiment.ts';
import type { Probe } from './probe/probe.ts';

/** One training: data set × method × point of the axes × protocol × seed. */
export interface Cell {
  readonly dataset: string; // its id in the experiment
  readonly method: string;
  readonly point: Point;
  readonly protocol: Protocol;
  readonly seed: number;
  readonly config: RunConfigInput;
  readonly probe?: Probe;
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
  const { axes = [], probe } = experiment;
  return selection.datasets.flatMap((dataset) => {
    const limits = findLimits(experiment, dataset, selection.budget);
    return selection.seeds.flatMap((seed) =>
      selection.protocols.flatMap((protocol) =>
        methods.flatMap(({ id, settings }) => {
          const given = settings[dataset]?.[selection.budget];
          if (given === undefined) return [];
          return pointsOf(axes, selection.budget, dataset).map((point): Cell => {
            const setting = settingAt(given, id, axes, point);
            const config = cellConfig(experiment, { dataset, setting, limits, protocol, seed });
            return { dataset, method: id, point, protocol, seed, config, ...(probe && { probe }) };
          });
        }),
      ),
    );
  });
}

function findLimits(experiment: Experiment, dataset: string, budget: Budget): Limits {
  const known = datasetsAt(experiment, budget);
  const found = experiment.datasets.find((d) => datasetId(d) === dataset)?.limits[budget];
  if (found !== undefined) return found;
  throw unknownName(`data set of ${describeId(experiment.id)} at budget ${budget}`, dataset, known, 'reproduce');
}

/** The data sets that a budget has limits for, by id. */
export function datasetsAt(experiment: Experiment, budget: Budget): string[] {
  return experiment.datasets.filter((d) => d.limits[budget] !== undefined).map(datasetId);
}

/** `table II`, `figure 9`. */
export function describeId(id: string): string {
  return id.replace(':', ' ');
}

interface CellParts {
  readonly dataset: string;
  readonly setting: Setting;
  readonly limits: Limits;
  readonly protocol: Protocol;
  readonly seed: number;
}

/** What opens a data set of an experiment, before a method adds to it. */
export function dataOf({ datasets }: Experiment, id: string): NamedOptions {
  const { name = id, data } = datasets.find((dataset) => datasetId(dataset) === id) ?? {};
  return { name, ...data };
}

/** The run configuration of one cell. */
export function cellConfig(experiment: Experiment, parts: CellParts): RunConfigInput {
  const { dataset, limits, protocol, seed } = parts;
  const { reason: _, data, ...setting } = parts.setting;
  const { metrics, eachMetricAtItsBest } = experiment;
  const named = new Map(metrics.map(({ name, options }) => [name.split('@')[0]!, options]));
  const cutOffs = metrics.flatMap(({ name }) => (name.includes('@') ? [Number(name.split('@')[1])] : []));
  return {
    ...setting,
    data: { ...dataOf(experiment, dataset), ...data },
    epochs: setting.epochs ?? limits.epochs,
    patience: limits.patience,
    evaluateEvery: limits.evaluateEvery,
    metrics: [...named].map(([name, options]) => ({ name, ...options })),
    at: [...new Set(cutOffs)],
    stopOn: metrics[0]!.name,
    ...(eachMetricAtItsBest && protocol === 'paper' && { metricBest: true }),
    protocol,
    seed,
  };
}

/** Identifies a finished cell: the same key means the same configuration on the same bytes. */
export function cellKey({ config, probe }: Pick<Cell, 'config' | 'probe'>, checksum: string): string {
  const of = { format: 'losslab-cell/1', config: parseConfig(config), checksum, ...(probe && { probe }) };
  const text = JSON.stringify(sorted(of));
  return createHash('sha256').update(text).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** `gowalla bsl paper seed 1`; with a point, `gowalla bsl at 64 paper seed 1`. */
export function cellName({ dataset, method, point, protocol, seed }: Omit<Cell, 'config' | 'probe'>): string {
  const at = point.length === 0 ? '' : ` at ${pointName(point)}`;
  return `${dataset} ${method}${at} ${protocol} seed ${seed}`;
}

export function methodOf(experiment: Experiment, id: string): Method {
  return experiment.methods.find((method) => method.id === id)!;
}
