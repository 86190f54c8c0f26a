import type { TuningGrid } from '../tuning.ts';

const rates = { 'optimizer.learningRate': [1e-3, 5e-3] } as const;
const reference = (variant: string, tau: number, w: number) => ({ name: 'bsl-reference', variant, tau, w });

// On graphs an epoch costs three times as much and curves rise slowly: the largest of the paper's learning rates alone.
const graphRate = { 'optimizer.learningRate': [5e-3] } as const;
const lightGcn = { ...graphRate, 'model.layers': [1, 3], 'model.l2': [1e-5, 1e-3, 1e-1] } as const;
const lightGcnSoftmax = { ...graphRate, 'model.l2': [1e-5, 1e-3], 'loss.tau': [0.08, 0.11, 0.17] } as const;
const ngcf = { ...graphRate, 'model.layers': [1] } as const;
const unscaled = { ...rates, 'model.l2': [1e-5, 1e-3, 1e-1], 'model.similarity': ['dot', 'cosine'] } as const;

/**
 * Twelve trials for every method on MF: two of the paper's three learning rates (1e-4 needs hundreds of epochs), L2 in the
 * paper's range, and one more axis: similarity for the losses that have no other option, temperature or weight for the others.
 * Six on LightGCN, three on NGCF, the same for each loss there.
 */
export const tuning: TuningGrid = {
  epochs: 15,
  patience: 3,
  small: { 'ml-100k': { epochs: 60, patience: 5 } },
  reason: 'twelve trials a method on MF, six on LightGCN, three on NGCF, on the validation part, seed 1',
  methods: {
    bpr: unscaled,
    bce: unscaled,
    mse: unscaled,
    sl: { ...rates, 'model.l2': [1e-9, 1e-3], 'loss.tau': [0.08, 0.11, 0.17] },
    bsl: {
      ...rates,
      'model.l2': [1e-9, 1e-3],
      loss: [reference('multi', 0.08, 1.22), reference('multi', 0.11, 1.1), reference('multi', 0.17, 1.06)],
    },
    'bsl-eq18': {
      ...rates,
      'model.l2': [1e-10, 1e-4],
      loss: [
        { name: 'bsl', tau1: 0.0656, tau2: 0.08 },
        { name: 'bsl', tau1: 0.1, tau2: 0.11 },
        { name: 'bsl', tau1: 0.1604, tau2: 0.17 },
      ],
    },
    'lgn-bpr': lightGcn,
    'lgn-bce': lightGcn,
    'lgn-mse': lightGcn,
    'lgn-sl': lightGcnSoftmax,
    'lgn-bsl': lightGcnSoftmax,
    'ngcf-bpr': { ...ngcf, 'model.l2': [1e-5, 1e-3, 1e-1] },
    'ngcf-bce': { ...ngcf, 'model.l2': [1e-5, 1e-3, 1e-1] },
    'ngcf-mse': { ...ngcf, 'model.l2': [1e-5, 1e-3, 1e-1] },
    'ngcf-sl': { ...ngcf, 'loss.tau': [0.08, 0.11, 0.17] },
    'ngcf-bsl': { ...ngcf, 'loss.tau': [0.08, 0.11, 0.17] },
  },
};
