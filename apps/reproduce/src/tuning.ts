import { unknownName } from '@losslab/core';
import { type Cell, cellConfig } from './cells.ts';
import type { Options } from './command/options.ts';
import type { NamedOptions, Setting } from './experiment.ts';

/** What a method tries: the product of the axes. */
export interface TuningAxes {
  readonly learningRate: readonly number[];
  readonly l2: readonly number[];
  /** Whole losses, so that temperatures and weights vary in them. */
  readonly losses: readonly NamedOptions[];
  readonly similarity: readonly ('dot' | 'cosine')[];
}

/** A small grid with as many trials for every method, run on the validation part. */
export interface TuningGrid {
  readonly methods: Readonly<Record<string, TuningAxes>>;
  readonly epochs: number;
  readonly patience: number;
  readonly reason: string;
}

export interface Trial {
  /** `bpr-trial-3`. */
  readonly id: string;
  readonly method: string;
  readonly setting: Setting;
}

type TuningOptions = Pick<Options, 'paper' | 'experiment' | 'budget' | 'methods'>;

/**
 * The trials on one data set. Batch size, negatives, positives and dropout are the budget's.
 * @throws LosslabError `unknown-name` for a method without a grid.
 */
export function trialsOf({ paper, experiment, budget, methods }: TuningOptions, dataset: string): Trial[] {
  const grids = paper.tuning.methods;
  const unknown = methods?.find((method) => !Object.hasOwn(grids, method));
  if (unknown !== undefined) throw unknownName('method', unknown, Object.keys(grids), 'reproduce');
  return Object.entries(grids).flatMap(([method, axes]) => {
    const setting = experiment.methods.find(({ id }) => id === method)?.settings[dataset]?.[budget];
    if (setting === undefined || !(methods?.includes(method) ?? true)) return [];
    return product(axes).map((choice, k) => ({
      id: `${method}-trial-${k + 1}`,
      method,
      setting: { ...setting, ...choice },
    }));
  });
}

function product(axes: TuningAxes): Pick<Setting, 'learningRate' | 'l2' | 'loss' | 'similarity'>[] {
  return axes.losses.flatMap((loss) =>
    axes.similarity.flatMap((similarity) =>
      axes.learningRate.flatMap((learningRate) => axes.l2.map((l2) => ({ loss, similarity, learningRate, l2 }))),
    ),
  );
}

/** The trials as cells of a sweep, under protocol `clean`. */
export function trialCells(options: Options, datasets: readonly string[]): Cell[] {
  const { experiment, paper, seeds, budget } = options;
  const { epochs, patience } = paper.tuning;
  return datasets.flatMap((dataset) => {
    const known = experiment.datasets.filter((d) => d.limits[budget] !== undefined).map((d) => d.name);
    if (!known.includes(dataset)) throw unknownName('data set', dataset, known, 'reproduce');
    return seeds.flatMap((seed) =>
      trialsOf(options, dataset).map(({ id, setting }) => {
        const limits = { epochs, patience, evaluateEvery: 1, minutes: '' };
        const config = cellConfig(experiment, { dataset, setting, limits, protocol: 'clean', seed });
        return { dataset, method: id, protocol: 'clean' as const, seed, config };
      }),
    );
  });
}
