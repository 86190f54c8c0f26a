import type { Paper } from '../paper.ts';
import { contradictions } from './contradictions.ts';
import { figure1 } from './figure1.ts';
import { figure4, figure5 } from './figures.ts';
import { published } from './published.ts';
import { figure6, figure7 } from './steps.ts';
import { table1, table2 } from './tables.ts';
import { tuning } from './tuning.ts';

export const inverse: Paper = {
  name: 'inverse',
  title: 'Inverse Learning with Extremely Sparse Feedback for Recommendation (WSDM 2024)',
  published,
  experiments: [table1, table2, figure1, figure4, figure5, figure6, figure7],
  contradictions,
  tuning,
};
