import { unknownName } from '@losslab/core';
import { withOption } from './axis.ts';
import { type Cell, cellConfig, datasetsAt } from './cells.ts';
import type { Options } from './command/options.ts';
import type { Selected } from './command/select.ts';
import type { Setting } from './experiment.ts';

/** What a method tries: values of each option, by its dotted name (`optimizer.learningRate`); the product of them. */
export type TuningAxes = Readonly<Record<string, readonly unknown[] | SameAs>>;

/** An option that takes the value of one before it. */
export interface SameAs {
  readonly sameAs: string;
}

/** A small grid with as many trials for every method, run on the validation part. */
export interface TuningGrid {
  readonly methods: Readonly<Record<string, TuningAxes>>;
  /** A second stage around each method's best of the first. */
  readonly fine?: FineGrid;
  readonly epochs: number;
  readonly patience: number;
  /** In their place on small data sets, whose epochs are short. */
  readonly small?: Readonly<Record<string, { readonly epochs: number; readonly patience: number }>>;
  readonly reason: string;
}

/** The best value of each of these options times each factor; other options stay at their best. */
export interface FineGrid {
  readonly options: readonly string[];
  readonly factors: readonly number[];
}

export type Choice = Readonly<Record<string, unknown>>;

export interface Trial {
  /** `bpr-trial-3`, `bpr-fine-3`. */
  readonly id: string;
  readonly method: string;
  /** The values tried, by option. */
  readonly choice: Choice;
  readonly setting: Setting;
}

/** The best of the first stage on each data set. */
export type CoarseBest = readonly { readonly dataset: string; readonly method: string; readonly choice: Choice }[];

/**
 * The trials on one data set: the grid, or its second stage around the best of the first. What the grid does not name is the
 * budget's.
 * @throws LosslabError `unknown-name` for a method without a grid.
 */
export function trialsOf(
  { budget, methods }: Options,
  { paper, experiment }: Selected,
  dataset: string,
  coarse?: CoarseBest,
): Trial[] {
  const { methods: grids, fine } = paper.tuning;
  const unknown = methods?.find((method) => !Object.hasOwn(grids, method));
  if (unknown !== undefined) throw unknownName('method', unknown, Object.keys(grids), 'reproduce');
  return Object.entries(grids).flatMap(([method, axes]) => {
    const setting = experiment.methods.find(({ id }) => id === method)?.settings[dataset]?.[budget];
    if (setting === undefined || !(methods?.includes(method) ?? true)) return [];
    const best = coarse?.find((one) => one.dataset === dataset && one.method === method);
    if (coarse !== undefined && best === undefined) return [];
    return choicesOf(best && fine ? fineAxes(axes, best.choice, fine) : axes).map((choice, k) => ({
      id: `${method}-${best ? 'fine' : 'trial'}-${k + 1}`,
      method,
      choice,
      setting: Object.entries(choice).reduce((at, [option, value]) => withOption(at, option, value), setting),
    }));
  });
}

/** The axes of the second stage around a choice of the first. */
export function fineAxes(axes: TuningAxes, best: Choice, { options, factors }: FineGrid): TuningAxes {
  const around = (value: number): number[] => factors.map((factor) => Number((value * factor).toPrecision(12)));
  const finer = Object.entries(axes).map(([option, values]) => {
    if ('sameAs' in values) return [option, values] as const;
    return [option, options.includes(option) ? around(best[option] as number) : [best[option]]] as const;
  });
  return Object.fromEntries(finer);
}

/** The product of the axes, the last one moving fastest. */
export function choicesOf(axes: TuningAxes): Record<string, unknown>[] {
  return Object.entries(axes).reduce<Record<string, unknown>[]>(
    (choices, [option, values]) =>
      choices.flatMap((choice) => {
        const own = 'sameAs' in values ? [choice[values.sameAs]] : values;
        return own.map((value) => ({ ...choice, [option]: value }));
      }),
    [{}],
  );
}

/** The trials as cells of a sweep, under protocol `clean`. */
export function trialCells(
  options: Options,
  selected: Selected,
  datasets: readonly string[],
  coarse?: CoarseBest,
): Cell[] {
  const { paper, experiment } = selected;
  return datasets.flatMap((dataset) => {
    const { epochs, patience } = paper.tuning.small?.[dataset] ?? paper.tuning;
    const known = datasetsAt(experiment, options.budget);
    if (!known.includes(dataset)) throw unknownName('data set', dataset, known, 'reproduce');
    return options.seeds.flatMap((seed) =>
      trialsOf(options, selected, dataset, coarse).map(({ id, setting }): Cell => {
        const limits = { epochs, patience, evaluateEvery: 1, minutes: '' };
        const config = cellConfig(experiment, { dataset, setting, limits, protocol: 'clean', seed });
        return { dataset, method: id, point: [], protocol: 'clean', seed, config };
      }),
    );
  });
}
