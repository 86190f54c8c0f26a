import { formatMetric } from '@losslab/report';
import { withOption } from './axis.ts';
import type { Budget, Method, Setting } from './experiment.ts';

/** The best trial of a method on a data set, as `--tune` found it. */
export interface BestTrial {
  readonly dataset: string;
  readonly method: string;
  /** How many were run. */
  readonly trials: number;
  /** On the validation part, at its best epoch. */
  readonly validation: number;
  readonly bestEpoch: number;
  readonly epochs: number;
  /** The values of the grid, by option. */
  readonly choice: Readonly<Record<string, unknown>>;
}

/** What a search found: `tuned.json` of `reproduce <paper> --tune`, kept beside the paper's settings. */
export interface Tuned {
  readonly format: string;
  readonly command: string;
  readonly date: string;
  readonly budget: string;
  readonly metric: string;
  readonly best: readonly BestTrial[];
}

/** The method with what its trials found in place of what its settings say, on the data sets and at the budget that were searched. */
export function withTuned(method: Method, { budget, metric, best }: Tuned): Method {
  const settings = { ...method.settings };
  for (const { dataset, trials, validation, choice } of best.filter((trial) => trial.method === method.id)) {
    const given = settings[dataset]?.[budget as Budget];
    if (given === undefined) continue;
    const chosen = Object.entries(choice).reduce<Setting>(
      (at, [option, value]) => withOption(at, option, value),
      given,
    );
    const reason = `the best of ${trials} trials on the validation part (${metric} ${formatMetric(validation)} there)`;
    settings[dataset] = { ...settings[dataset], [budget]: { ...chosen, reason } };
  }
  return { ...method, settings };
}
