import type { Paper } from '../paper.ts';
import { contradictions } from './contradictions.ts';
import { decay } from './decay.ts';
import { figure2 } from './figure2.ts';
import { figure6, figure9 } from './figures.ts';
import { figure7, figure8 } from './noise.ts';
import { published } from './published.ts';
import { figure3, figure4, figure5 } from './sweeps.ts';
import { truth } from './truth.ts';
import { tuning } from './tuning.ts';

export const nbpo: Paper = {
  name: 'nbpo',
  title: 'Sampler Design for Implicit Feedback Data by Noisy-label Robust Learning (SIGIR 2020)',
  published,
  experiments: [figure2, figure3, figure4, figure5, figure6, figure7, figure8, figure9, truth, decay],
  contradictions,
  tuning,
};
