import type { Budget, NamedOptions, Setting, Settings } from '../experiment.ts';

export type Backbone = 'GMF' | 'NeuMF';

// γ of §4.1.3 by data set, KuaiRec with Micro Video's; quick: the code's default. Micro Video's 1e-5 would leave the weights where
// they begin on generated plays, which have a thirtieth of its steps.
const rates: Readonly<Record<string, Readonly<Record<Budget, number>>>> = {
  'ml-1m-inverse': { smoke: 1e-3, quick: 1e-3, full: 1e-4 },
  'ml-1m-inverse-over-3': { smoke: 1e-3, quick: 1e-3, full: 1e-4 },
  'kuairec-signed': { smoke: 1e-3, quick: 1e-3, full: 1e-5 },
  'generated-plays': { smoke: 1e-3, quick: 1e-3, full: 1e-4 },
  generated: { smoke: 1e-3, quick: 1e-3, full: 1e-3 },
};

const models: Readonly<Record<Backbone, NamedOptions>> = {
  GMF: { name: 'gmf', dimension: 32 },
  NeuMF: { name: 'neumf', dimension: 32, layers: [128, 64, 32], dropout: 0 },
};

const reasons: Readonly<Record<Budget, string>> = {
  smoke: 'as quick',
  quick: '§4.1.3 with the learning rate that the code has unless it is set',
  full: '§4.1.3',
};

/** What a method changes of what all have in common; γ is the learning rate. */
type Change = (gamma: number) => Pick<Setting, 'loss'> & Partial<Setting>;

/** The settings of a method by data set and budget. */
export function settingsOf(backbone: Backbone, change: Change): Settings {
  const setting = (dataset: string, budget: Budget): Setting => {
    const gamma = rates[dataset]![budget];
    return {
      model: models[backbone],
      optimizer: { name: 'adam', learningRate: gamma },
      batchSize: 1024,
      reason: reasons[budget],
      ...change(gamma),
    };
  };
  const all = Object.keys(rates).map((name) => {
    const budgets = name === 'generated' ? (['smoke'] as const) : (['smoke', 'quick', 'full'] as const);
    return [name, Object.fromEntries(budgets.map((budget) => [budget, setting(name, budget)]))] as const;
  });
  return Object.fromEntries(all);
}
