import type { TuningGrid } from '../tuning.ts';
import { backbones, method } from './methods.ts';

const rates = { 'optimizer.learningRate': [1e-4, 3e-4, 1e-3, 3e-3] };
const rows = ['None', 'NS', 'T-CE', 'R-CE', 'IDL', 'IG'] as const;

/** The learning rate of every method, which the paper gives once for all of them. */
export const tuning: TuningGrid = {
  epochs: 10,
  patience: 10,
  reason: 'four learning rates a method on the validation part, seed 1; α stays the paper’s',
  methods: Object.fromEntries(backbones.flatMap((backbone) => rows.map((row) => [method(backbone, row).id, rates]))),
};
