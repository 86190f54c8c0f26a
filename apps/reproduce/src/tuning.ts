import { unknownName } from '@losslab/core';
import { withOption } from './axis.ts';
import { type Cell, cellConfig, datasetsAt } from './cells.ts';
import type { Options } from './command/options.ts';
import type { Selected } from './command/select.ts';
import type { Setting } from './experiment.ts';

/** What a method tries: values of each option, by its dotted name (`optimizer.learningRate`); the product of them. */
export type TuningAxes = Readonly<Record<string, readonly unknown[]>>;

/** A small grid with as many trials for every method, run on the validation part. */
export interface TuningGrid {
  readonly methods: Readonly<Record<string, TuningAxes>>;
  readonly epochs: number;
  readonly patience: number;
  /** In their place on small data sets, whose epochs are short. */
  readonly small?: Readonly<Record<string, { readonly epochs: number; readonly patience: number }>>;
  readonly reason: string;
}

export interface Trial {
  /** `bpr-trial-3`. */
  readonly id: string;
  readonly method: string;
  /** The values tried, by option. */
  readonly choice: Readonly<Record<string, unknown>>;
  readonly setting: Setting;
}

/**
 * The trials on one data set. What the grid does not name is the budget's.
 * @throws LosslabError `unknown-name` for a method without a grid.
 */
export function trialsOf({ budget, methods }: Options, { paper, experiment }: Selected, dataset: string): Trial[] {
  const grids = paper.tuning.methods;
  const unknown = methods?.find((method) => !Object.hasOwn(grids, method));
  if (unknown !== undefined) throw unknownName('method', unknown, Object.keys(grids), 'reproduce');
  return Object.entries(grids).flatMap(([method, axes]) => {
    const setting = experiment.methods.find(({ id }) => id === method)?.settings[dataset]?.[budget];
    if (setting === undefined || !(methods?.includes(method) ?? true)) return [];
    return choicesOf(axes).map((choice, k) => ({
      id: `${method}-trial-${k + 1}`,
      method,
      choice,
      setting: Object.entries(choice).reduce((at, [option, value]) => withOption(at, option, value), setting),
    }));
  });
}

/** The product of the axes, the last one moving fastest. */
export function choicesOf(axes: TuningAxes): Record<string, unknown>[] {
  return Object.entries(axes).reduce<Record<string, unknown>[]>(
    (choices, [option, values]) => choices.flatMap((choice) => values.map((value) => ({ ...choice, [option]: value }))),
    [{}],
  );
}

/** The trials as cells of a sweep, under protocol `clean`. */
export function trialCells(options: Options, selected: Selected, datasets: readonly string[]): Cell[] {
  const { paper, experiment } = selected;
  return datasets.flatMap((dataset) => {
    const { epochs, patience } = paper.tuning.small?.[dataset] ?? paper.tuning;
    const known = datasetsAt(experiment, options.budget);
    if (!known.includes(dataset)) throw unknownName('data set', dataset, known, 'reproduce');
    return options.seeds.flatMap((seed) =>
      trialsOf(options, selected, dataset).map(({ id, setting }): Cell => {
        const limits = { epochs, patience, evaluateEvery: 1, minutes: '' };
        const config = cellConfig(experiment, { dataset, setting, limits, protocol: 'clean', seed });
        return { dataset, method: id, point: [], protocol: 'clean', seed, config };
      }),
    );
  });
}
