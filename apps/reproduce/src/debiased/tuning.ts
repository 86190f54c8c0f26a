import type { TuningGrid } from '../tuning.ts';

const rates = { 'optimizer.learningRate': [1e-3, 5e-3], 'model.l2': [1e-9, 1e-7, 1e-5] } as const;
const temperatures = { ...rates, 'loss.t': [0.1, 0.4] } as const;

/** Twelve trials for every method: learning rate, L2 around the paper's range, and the loss's own weight or temperature. */
export const tuning: TuningGrid = {
  epochs: 15,
  patience: 3,
  small: { 'ml-100k': { epochs: 60, patience: 5 } },
  reason: 'twelve trials a method on the validation part, seed 1',
  methods: {
    ccl: { ...rates, 'loss.w': [150, 300] },
    'debiased-ccl': { ...rates, 'loss.lambda': [0.4, 0.7] },
    mse: { ...rates, 'model.similarity': ['dot', 'cosine'] },
    'debiased-mse': { ...rates, 'loss.lambda': [0.1, 0.4] },
    'info-nce': temperatures,
    'debiased-info-nce': temperatures,
    mine: temperatures,
    'mine-plus': temperatures,
    bpr: { ...rates, 'model.similarity': ['dot', 'cosine'] },
  },
};
