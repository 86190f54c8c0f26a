import type { Paper } from '../paper.ts';
import { contradictions } from './contradictions.ts';
import { figure1a, figure1b, figure2a, figure2b, figure2c, figure3 } from './figures.ts';
import { tuned } from './methods.ts';
import { published } from './published.ts';
import { table2, table3 } from './tables.ts';
import { tuning } from './tuning.ts';

export const debiased: Paper = {
  name: 'debiased',
  title: '(Debiased) Contrastive Learning Loss for Recommendation (2023)',
  published,
  experiments: [table2, table3, figure1a, figure1b, figure2a, figure2b, figure2c, figure3],
  contradictions,
  tuning,
  tuned: [tuned],
};
