import type { Protocol, RunResult } from '@losslab/core';
import { type Comparison, type Entry, formatNumber, type Summary, summarise } from '@losslab/report';
import { type Point, samePoint } from '../axis.ts';
import type { Quantity } from '../claims/quantities.ts';
import type { Measure, Ours } from '../claims/statement.ts';
import { datasetId, type Experiment, type Method } from '../experiment.ts';
import type { Probed } from '../probe/probe.ts';
import { type Published, publishedFraction } from '../published.ts';
import type { Outcome } from '../sweep/sweep.ts';
import type { PublishedPlace } from '../view.ts';

/** A finished cell. */
export interface Measured {
  readonly dataset: string;
  readonly method: string;
  readonly point: Point;
  readonly protocol: Protocol;
  readonly seed: number;
  readonly key: string;
  readonly result: RunResult;
  /** The budget cut it off: the best epoch may be yet to come. */
  readonly isUnfinished: boolean;
}

export function measuredOf(outcomes: readonly Outcome[], experiment: Pick<Experiment, 'datasets'>): Measured[] {
  return outcomes.flatMap(({ cell, key, result }) => {
    if (result === undefined) return [];
    const { dataset, method, point, protocol, seed } = cell;
    const whole = experiment.datasets.find((one) => datasetId(one) === dataset)?.limits.full?.epochs;
    return [{ dataset, method, point, protocol, seed, key, result, isUnfinished: isCutOff(result, whole) }];
  });
}

/**
 * Whether a budget ended before patience did. Neither a fixed number of epochs is cut off, nor the `whole` number that the paper trains
 * for.
 */
export function isCutOff({ stoppedBy, options, epochs }: RunResult, whole = Number.POSITIVE_INFINITY): boolean {
  return stoppedBy === 'epochs' && options.patience !== null && epochs < whole;
}

type Place = Pick<Measured, 'dataset' | 'method' | 'protocol' | 'point'>;

/** The finished cells of a data set, method and point under one protocol: one a seed. */
function cellsAt(measured: readonly Measured[], at: Place): Measured[] {
  return measured
    .filter((m) => m.dataset === at.dataset && m.method === at.method && m.protocol === at.protocol)
    .filter((m) => samePoint(m.point, at.point));
}

export function seedsOf(measured: readonly Measured[], at: Place): RunResult[] {
  return cellsAt(measured, at).map(({ result }) => result);
}

/** Test metrics over seeds, under one protocol. */
export function oursUnder(measured: readonly Measured[], protocol: Protocol): Ours {
  return (dataset, method, metric, point): Measure | undefined => {
    const cells = cellsAt(measured, { dataset, method, protocol, point });
    return measureOf(cells, ({ result }) => result.metrics[metric]);
  };
}

type FindProbed = (key: string) => Probed | undefined;

/** What probes found, over seeds, under one protocol: the mean of a list by its name. */
export function foundUnder(measured: readonly Measured[], protocol: Protocol, probed: FindProbed): Ours {
  return (dataset, method, name, point): Measure | undefined => {
    const cells = cellsAt(measured, { dataset, method, protocol, point });
    return measureOf(cells, ({ key }) => {
      const list = probed(key)?.[name] ?? [];
      return list.length === 0 ? undefined : summarise(list).mean;
    });
  };
}

/** Both: a metric, or else what a probe found by that name. */
export function anyUnder(measured: readonly Measured[], protocol: Protocol, probed: FindProbed): Ours {
  const [metric, found] = [oursUnder(measured, protocol), foundUnder(measured, protocol, probed)];
  return (...at) => metric(...at) ?? found(...at);
}

/** What a claim reads from records by its name, over seeds, under one protocol. */
export function readUnder(
  measured: readonly Measured[],
  protocol: Protocol,
  probed: FindProbed,
  quantities: readonly Quantity[],
): Ours {
  return (dataset, method, name, point): Measure | undefined => {
    const quantity = quantities.find((one) => one.name === name);
    if (quantity === undefined) return undefined;
    const cells = cellsAt(measured, { dataset, method, protocol, point });
    const measure = measureOf(cells, ({ key, result }) => quantity.read({ result, probed: probed(key) }));
    return measure && { ...measure, isUnfinished: measure.isUnfinished && !quantity.isSettled };
  };
}

function measureOf(cells: readonly Measured[], read: (cell: Measured) => number | undefined): Measure | undefined {
  const values = cells.flatMap((cell) => read(cell) ?? []);
  if (values.length === 0) return undefined;
  return { ...summarise(values), isUnfinished: cells.some((cell) => cell.isUnfinished) };
}

/** A leaderboard's entries: the methods, in the experiment's order, on one data set under one protocol. */
export function entriesUnder(
  experiment: Experiment,
  measured: readonly Measured[],
  dataset: string,
  protocol: Protocol,
): Entry[] {
  const points = distinctPoints(measured);
  return experiment.methods.flatMap((method) =>
    points.flatMap((point) => {
      const results = seedsOf(measured, { dataset, method: method.id, protocol, point });
      return results.length === 0 ? [] : [{ label: labelAt(experiment, method, point), results }];
    }),
  );
}

export function distinctPoints(of: readonly { readonly point: Point }[]): Point[] {
  return of.map(({ point }) => point).filter((point, k, all) => all.findIndex((p) => samePoint(p, point)) === k);
}

/** `MF + SL`; where there are axes, `MF + SL, N 64`. */
export function labelAt({ axes = [] }: Experiment, { label }: Method, point: Point): string {
  return [label, ...axes.map(({ symbol }, k) => `${symbol} ${formatNumber(point[k]!)}`)].join(', ');
}

type Planned = Pick<Measured, 'dataset' | 'method' | 'point'>;

/** Published beside ours for every data set, method, point and metric of the plan, measured or not. */
export function comparisonsOf(
  experiment: Experiment,
  published: Published,
  planned: readonly Planned[],
  measured: readonly Measured[],
  protocols: readonly Protocol[],
): Comparison[] {
  const places = new Map(planned.map((cell) => [`${cell.dataset} ${cell.method} ${cell.point.join()}`, cell]));
  return [...places.values()].flatMap(({ dataset, method: id, point }) => {
    const method = experiment.methods.find((m) => m.id === id)!;
    return experiment.metrics.map(({ name: metric }): Comparison => {
      const printed = publishedAt(experiment, published, { dataset, method: id, metric, point });
      const ours = (protocol: Protocol): [string, Summary | undefined] => [
        protocol,
        oursUnder(measured, protocol)(dataset, id, metric, point),
      ];
      return {
        dataset,
        method: labelAt(experiment, method, point),
        metric,
        ...(printed !== undefined && { published: printed }),
        ours: Object.fromEntries(protocols.map(ours)),
      };
    });
  });
}

/** The printed number as a fraction; undefined where there is none. */
export function publishedAt(experiment: Experiment, published: Published, at: PublishedPlace): number | undefined {
  const { view } = experiment;
  if (view.kind !== 'table') return undefined;
  const place = (view.place ?? ((of) => usualPlace(experiment, of)))(at);
  return place && publishedFraction(published, view.table, place.row, place.column);
}

function usualPlace({ datasets, methods, metrics }: Experiment, { dataset, method, metric, point }: PublishedPlace) {
  const column = datasets.find((of) => datasetId(of) === dataset)?.column;
  const { row } = methods.find(({ id }) => id === method)!;
  const of = metrics.find(({ name }) => name === metric)?.column;
  if (column === undefined || row === undefined || of === undefined) return undefined;
  return { row: typeof row === 'string' ? row : row(point), column: `${column} ${of}` };
}
