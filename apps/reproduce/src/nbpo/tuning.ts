import type { TuningGrid } from '../tuning.ts';
import { firstRate } from './settings.ts';

const grid = {
  'optimizer.learningRate': [0.001, 0.01, 0.1].map(firstRate),
  'optimizer.weightDecay': [0.01, 0.1, 1],
} as const;

/** λ_Φ = λ_Θ: the noise model takes the run's weight decay. */
const noisy = (name: string) => ({ ...grid, loss: [{ name, L: 10 }] });

/** The coarse grid of §5.1.4, nine trials a method; its fine grid is the same around the best of these. */
export const tuning: TuningGrid = {
  epochs: 200,
  patience: 20,
  reason: 'the coarse grid of §5.1.4 on the validation part, seed 1',
  methods: {
    bpr: grid,
    wbpr: grid,
    'shift-mc': grid,
    bpo: grid,
    nbpo: noisy('nbpo'),
    'nbpo-o': noisy('nbpo-o'),
    'nbpo-s': noisy('nbpo-s'),
  },
};
