import type { Paper } from '../paper.ts';
import { contradictions } from './contradictions.ts';
import { figure3a, figure3b } from './figure3.ts';
import { figure4a, figure4b } from './figure4.ts';
import { figure5 } from './figure5.ts';
import { figure6 } from './figure6.ts';
import { figure7 } from './figure7.ts';
import { figure8 } from './figure8.ts';
import { figure9 } from './figure9.ts';
import { figure10, figure11 } from './figure10.ts';
import { figure12 } from './figure12.ts';
import { figure13 } from './figure13.ts';
import { tunedLightGcn } from './lightgcn.ts';
import { tuned } from './methods.ts';
import { tunedNgcf } from './ngcf.ts';
import { published } from './published.ts';
import { table2 } from './table2.ts';
import { table2LightGcn } from './table2-lightgcn.ts';
import { table2Ngcf } from './table2-ngcf.ts';
import { table4 } from './table4.ts';
import { tuning } from './tuning.ts';

export const bsl: Paper = {
  name: 'bsl',
  title: 'BSL: Understanding and Improving Softmax Loss for Recommendation (ICDE 2024)',
  published,
  experiments: [
    table2,
    table2Ngcf,
    table2LightGcn,
    table4,
    figure3a,
    figure3b,
    figure4a,
    figure4b,
    figure5,
    figure6,
    figure7,
    figure8,
    figure9,
    figure10,
    figure11,
    figure12,
    figure13,
  ],
  contradictions,
  tuning,
  tuned: [tuned, tunedLightGcn, tunedNgcf],
};
