import type { TuningGrid } from '../tuning.ts';

const rates = { 'optimizer.learningRate': [1e-3, 5e-3], 'optimizer.weightDecay': [0, 1e-6, 1e-5] } as const;

/** Twelve trials for every method of Table 1. */
export const tuning: TuningGrid = {
  epochs: 40,
  patience: 10,
  reason: 'twelve trials a method on the validation part, seed 1',
  methods: {
    bpr: { ...rates, 'model.initialiser': ['normal', 'xavierUniform'] },
    'info-nce': { ...rates, 'loss.t': [0.1, 0.2] },
    dcl: { ...rates, 'loss.t': [0.1, 0.2] },
    vbpr: { ...rates, 'loss.cNeg': [0.1, 0.5] },
  },
};
