import type { Budget, NamedOptions, Setting, Settings } from '../experiment.ts';

const backbones = ['mf', 'lightgcn'] as const;
export type Backbone = (typeof backbones)[number];

interface Numbers {
  readonly weightDecay: number;
  readonly layers?: number;
  /** M, N, c_pos and c_neg of Variational BPR. */
  readonly vbpr: { readonly M: number; readonly N: number; readonly cPos: number; readonly cNeg: number };
}

// The authors' code, read again in the notes on it; Gowalla and Yelp2018 are their own splits and not here.
const theirs: Readonly<Record<Backbone, Readonly<Record<string, Numbers>>>> = {
  mf: {
    'ml-100k-vbpr': { weightDecay: 1e-5, vbpr: { M: 2, N: 4, cPos: 10, cNeg: 0.5 } },
    'ml-1m-vbpr': { weightDecay: 1e-6, vbpr: { M: 2, N: 4, cPos: 10, cNeg: 0.5 } },
  },
  lightgcn: {
    'ml-100k-vbpr': { weightDecay: 1e-5, layers: 1, vbpr: { M: 2, N: 5, cPos: 10, cNeg: 0.1 } },
    'ml-1m-vbpr': { weightDecay: 1e-6, layers: 2, vbpr: { M: 2, N: 6, cPos: 10, cNeg: 0.1 } },
  },
};

const reason = 'the authors’ code';

function modelOf(backbone: Backbone, { layers }: Numbers): NamedOptions {
  if (backbone === 'mf') return { name: 'mf', similarity: 'dot', initialiser: 'normal', deviation: 0.01 };
  return { name: 'lightgcn', similarity: 'dot', initialiser: 'xavierNormal', layers };
}

/** What a loss changes of what all have in common. */
type Change = (numbers: Numbers) => Pick<Setting, 'loss' | 'positives' | 'negatives'> & Partial<Setting>;

/** The settings of a loss by data set and budget: budgets differ in how long training may go on alone. */
export function settingsOf(backbone: Backbone, change: Change): Settings {
  const of = (numbers: Numbers): Readonly<Partial<Record<Budget, Setting>>> => {
    const { weightDecay } = numbers;
    const setting: Setting = {
      model: modelOf(backbone, numbers),
      sampler: { name: 'uniform', distinct: true, dropLast: true },
      optimizer: { name: 'adam', learningRate: 1e-3, weightDecay },
      batchSize: 1024,
      reason,
      ...change(numbers),
    };
    return { smoke: setting, quick: setting, full: setting };
  };
  const paper = Object.entries(theirs[backbone]).map(([name, numbers]) => [name, of(numbers)] as const);
  const { smoke } = of(theirs[backbone]['ml-100k-vbpr']!);
  return { generated: { smoke: smoke! }, ...Object.fromEntries(paper) };
}

export const bprSettings = (backbone: Backbone): Settings =>
  settingsOf(backbone, () => ({ loss: { name: 'bpr' }, positives: 1, negatives: 1 }));

/** With other factors, M and N than the authors', where given. */
export const vbprSettings = (backbone: Backbone, given: Partial<Numbers['vbpr']> = {}): Settings =>
  settingsOf(backbone, ({ vbpr }) => {
    const { M, N, cPos, cNeg } = { ...vbpr, ...given };
    return { loss: { name: 'vbpr', cPos, cNeg }, positives: M, negatives: N };
  });
