import type { Paper } from '../paper.ts';
import { contradictions } from './contradictions.ts';
import { figure9 } from './figure9.ts';
import { published } from './published.ts';
import { table2 } from './table2.ts';
import { tuning } from './tuning.ts';

export const bsl: Paper = {
  name: 'bsl',
  title: 'BSL: Understanding and Improving Softmax Loss for Recommendation (ICDE 2024)',
  published,
  experiments: [table2, figure9],
  contradictions,
  tuning,
};
