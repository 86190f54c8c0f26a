import type { Paper } from '../paper.ts';
import { contradictions } from './contradictions.ts';
import { figure4, figure6, figure7, figure8, figure9 } from './figures.ts';
import { published } from './published.ts';
import { figure5a, figure5b } from './sensitivity.ts';
import { table1, table2 } from './tables.ts';
import { tuning } from './tuning.ts';

export const vbpr: Paper = {
  name: 'vbpr',
  title: 'Variational Bayesian Personalized Ranking (arXiv 2503.11067v1)',
  published,
  experiments: [table2, table1, figure4, figure5a, figure5b, figure6, figure7, figure8, figure9],
  contradictions,
  tuning,
};
