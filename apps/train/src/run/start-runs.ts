import type { RunConfigInput } from '@losslab/trainer';

/** One line of the leaderboard of `losslab start`. */
export interface StartRun {
  readonly name: string;
  readonly config: RunConfigInput;
}

const shared: RunConfigInput = { metrics: ['recall', 'ndcg'], at: [10, 20], epochs: 40, patience: 6, engine: 'simd' };
const mf: RunConfigInput = { ...shared, optimizer: { name: 'adam', learningRate: 0.005 } };

/*
 * The best by recall@20 on the validation part of ml-100k, of two dozen settings a loss: BPR over learning rates 0.002,
 * 0.005 and 0.02, N from 1 to 16 and λ from 0 to 0.1; SL over τ from 0.08 to 0.25, N 16 and 64 and the same λ; BSL over
 * τ₁ from 0.1 to 1, τ₂ from 0.08 to 0.25 and M 2 and 4. They are among the best on the generated data too.
 */
export const startRuns: readonly StartRun[] = [
  { name: 'itempop', config: { ...shared, model: 'itempop' } },
  { name: 'bpr', config: { ...mf, loss: 'bpr', negatives: 16, model: { name: 'mf', l2: 0.01 } } },
  { name: 'sl', config: { ...mf, loss: { name: 'sl', tau: 0.18 }, negatives: 64 } },
  { name: 'bsl', config: { ...mf, loss: { name: 'bsl', tau1: 1, tau2: 0.18 }, positives: 2, negatives: 64 } },
];
