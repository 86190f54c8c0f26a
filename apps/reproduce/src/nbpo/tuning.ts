import type { TuningGrid } from '../tuning.ts';
import { firstRate } from './settings.ts';

const grid = {
  'optimizer.learningRate': [0.001, 0.01, 0.1].map(firstRate),
  'optimizer.weightDecay': [0.01, 0.1, 1],
} as const;

/** λ_Φ = λ_Θ in both stages; Figure 7 then varies them apart. */
const noisy = { ...grid, 'loss.lambda': { sameAs: 'optimizer.weightDecay' } } as const;

/** The grid of §5.1.4: coarse, then fine around the coarse best; K, L and ρ are the paper's best. */
export const tuning: TuningGrid = {
  epochs: 200,
  patience: 20,
  reason:
    'the grid of §5.1.4 on the validation part, seed 1; ShiftMC’s flip rate, which the paper does not give, beside it',
  methods: {
    bpr: grid,
    wbpr: grid,
    'shift-mc': { ...grid, 'loss.flipRate': [0.25, 0.5, 0.75] },
    bpo: grid,
    nbpo: noisy,
    'nbpo-o': noisy,
    'nbpo-s': noisy,
  },
  fine: { options: ['optimizer.learningRate', 'optimizer.weightDecay'], factors: [0.2, 0.5, 1, 2, 5] },
};
