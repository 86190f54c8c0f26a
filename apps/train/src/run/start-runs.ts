import type { RunConfigInput } from '@losslab/trainer';

/** One line of the leaderboard of `losslab start`. */
export interface StartRun {
  readonly name: string;
  readonly config: RunConfigInput;
}

const shared: RunConfigInput = { metrics: ['recall', 'ndcg'], at: [10, 20], epochs: 40, patience: 5, engine: 'simd' };

const mf = { ...shared, model: 'mf', optimizer: { name: 'adam', learningRate: 0.005 } };

export const startRuns: readonly StartRun[] = [
  { name: 'itempop', config: { ...shared, model: 'itempop' } },
  { name: 'bpr', config: { ...mf, loss: 'bpr', negatives: 1 } },
  { name: 'sl', config: { ...mf, loss: { name: 'sl', tau: 0.12 }, negatives: 64 } },
  { name: 'bsl', config: { ...mf, loss: { name: 'bsl', tau1: 0.2, tau2: 0.12 }, positives: 4, negatives: 64 } },
];
