import type { TuningGrid } from '../tuning.ts';

const learningRate = [1e-3, 5e-3] as const;
const both = ['dot', 'cosine'] as const;
const reference = (variant: string, tau: number, w: number) => ({ name: 'bsl-reference', variant, tau, w });

/**
 * Twelve trials for every method: two of the paper's three learning rates (1e-4 needs hundreds of epochs), L2 in the
 * paper's range, and one more axis: similarity for the losses that have no other option, temperature or weight for the others.
 */
export const tuning: TuningGrid = {
  epochs: 15,
  patience: 3,
  reason: 'twelve trials a method on the validation part, seed 1',
  methods: {
    bpr: { learningRate, l2: [1e-5, 1e-3, 1e-1], losses: [{ name: 'bpr' }], similarity: both },
    bce: { learningRate, l2: [1e-5, 1e-3, 1e-1], losses: [{ name: 'bce' }], similarity: both },
    mse: { learningRate, l2: [1e-5, 1e-3, 1e-1], losses: [{ name: 'mse' }], similarity: both },
    sl: {
      learningRate,
      l2: [1e-9, 1e-3],
      losses: [0.08, 0.11, 0.17].map((tau) => reference('reweight', tau, 1)),
      similarity: ['cosine'],
    },
    bsl: {
      learningRate,
      l2: [1e-9, 1e-3],
      losses: [
        [0.08, 1.22],
        [0.11, 1.1],
        [0.17, 1.06],
      ].map(([tau, w]) => reference('multi', tau!, w!)),
      similarity: ['cosine'],
    },
    'bsl-eq18': {
      learningRate,
      l2: [1e-10, 1e-4],
      losses: [
        [0.0656, 0.08],
        [0.1, 0.11],
        [0.1604, 0.17],
      ].map(([tau1, tau2]) => ({ name: 'bsl', tau1, tau2 })),
      similarity: ['cosine'],
    },
  },
};
