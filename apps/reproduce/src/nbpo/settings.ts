import { referenceRegime } from '@losslab/loss-nbpo';
import type { Budget, NamedOptions, Setting, Settings } from '../experiment.ts';
import { amazon, movielens } from './shared.ts';

/** The paper's best values for MF (§5.2, §5.3). */
interface Best {
  readonly eta: number;
  readonly lambda: number; // λ_Θ
  readonly lambdaPhi: number;
  readonly K: number;
  readonly L: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

const best: Readonly<Record<string, Best>> = {
  [amazon]: { eta: 0.05, lambda: 1, lambdaPhi: 5, K: 50, L: 10 },
  [movielens]: {
    eta: 0.005,
    lambda: 0.5,
    lambdaPhi: 0.1,
    K: 200,
    L: 500,
    data: { split: 'random:80/10/10', kCore: { users: 20, items: 20 } },
  },
};

/** η of the first epoch: the code multiplies by 0.99 before it. */
export const firstRate = (eta: number): number => 0.99 * eta;

/** What a method changes of the regime. */
export interface Change {
  readonly loss: (best: Best) => NamedOptions;
  readonly rho: (dataset: string) => number;
  readonly sampler?: string;
  /** λ_Θ where it is not NBPO's. */
  readonly lambda?: (dataset: string) => number | undefined;
  /** η where the paper's does not train. */
  readonly eta?: (dataset: string) => number;
  readonly reason?: string;
}

/** The regime of the authors' code, the same for every method. */
export function settingOf(dataset: string, { loss, rho, sampler = 'uniform', lambda, eta, reason }: Change): Setting {
  const of = best[dataset]!;
  return {
    ...referenceRegime,
    model: { name: 'mf', dimension: of.K, ...referenceRegime.model },
    loss: loss(of),
    sampler: { name: sampler, ...referenceRegime.sampler },
    optimizer: {
      ...referenceRegime.optimizer,
      learningRate: firstRate(eta?.(dataset) ?? of.eta),
      weightDecay: lambda?.(dataset) ?? of.lambda,
    },
    negatives: rho(dataset),
    ...(of.data && { data: of.data }),
    reason: reason ?? '§5.2 and §5.3; the authors’ code',
  };
}

export const everyBudget = (setting: Setting): Readonly<Record<Budget, Setting>> => ({
  smoke: setting,
  quick: setting,
  full: setting,
});

export function settingsOf(change: Change): Settings {
  const paper = Object.keys(best).map((name) => [name, everyBudget(settingOf(name, change))] as const);
  return { generated: { smoke: settingOf(amazon, change) }, ...Object.fromEntries(paper) };
}

/** A fitted model: no loss, no epochs. */
export function fittedSettings(model: NamedOptions): Settings {
  const of = (name: string): Setting => {
    const { data } = best[name]!;
    return { model, mask: 'train', ...(data && { data }), reason: 'ours: the paper gives no settings' };
  };
  const paper = Object.keys(best).map((name) => [name, everyBudget(of(name))] as const);
  return { generated: { smoke: of(amazon) }, ...Object.fromEntries(paper) };
}
