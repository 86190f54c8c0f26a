import type { Budget, NamedOptions, Setting, Settings } from '../experiment.ts';

type Name = 'gowalla' | 'yelp2018';
const paper: readonly Name[] = ['gowalla', 'yelp2018'];

/** A loss with what the paper gives for a data set; l2 and positives where they differ from the common ones. */
export interface Given {
  readonly loss: NamedOptions;
  readonly similarity?: 'dot' | 'cosine';
  readonly l2?: number;
  /** The observed one included. */
  readonly positives?: number;
  readonly reason: string;
}

interface Common {
  readonly batchSize: number;
  readonly negatives: number;
  readonly learningRate: number;
  readonly schedule?: Setting['schedule'];
}

// §4.1.5; `quick` and `smoke` are ours.
const common: Readonly<Record<Budget, Common>> = {
  smoke: { batchSize: 1024, negatives: 32, learningRate: 5e-3 },
  quick: { batchSize: 8192, negatives: 64, learningRate: 5e-3 },
  full: {
    batchSize: 512,
    negatives: 800,
    learningRate: 1e-4,
    schedule: { name: 'plateau', factor: 0.5, minimum: 1e-6 },
  },
};

function settingOf({ loss, similarity = 'cosine', l2 = 1e-8, positives = 1, reason }: Given, of: Common): Setting {
  const { learningRate, ...rest } = of;
  return {
    model: { name: 'mf', similarity, l2 },
    loss: scaled(loss, rest.negatives),
    sampler: { name: 'uniform', exclude: 'nobody' },
    optimizer: { name: 'adam', learningRate },
    positives,
    ...rest,
    reason,
  };
}

/** A weight in the order of N follows N to the smaller budgets. */
function scaled(loss: NamedOptions, negatives: number): NamedOptions {
  return loss.name === 'debiased-info-nce' ? { ...loss, lambda: negatives } : loss;
}

/** Settings by data set and budget; for what the paper does not have, those of Gowalla. */
export function settingsOf(given: (name: Name) => Given): Settings {
  const smoke = settingOf(given('gowalla'), common.smoke);
  const standIn = settingOf(given('gowalla'), { ...common.quick, batchSize: 1024 });
  const named = paper.map((name) => {
    const of = (budget: Budget): Setting => settingOf(given(name), common[budget]);
    return [name, { smoke: of('smoke'), quick: of('quick'), full: of('full') }] as const;
  });
  return { 'ml-100k': { smoke, quick: standIn }, generated: { smoke }, ...Object.fromEntries(named) };
}
