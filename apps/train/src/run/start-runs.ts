import type { RunConfigInput } from '@losslab/trainer';

/** One line of the leaderboard of `losslab start`. */
export interface StartRun {
  readonly name: string;
  readonly config: RunConfigInput;
}

const shared: RunConfigInput = { metrics: ['recall', 'ndcg'], at: [10, 20], epochs: 40, patience: 8, engine: 'simd' };
const mf = (learningRate: number): RunConfigInput => ({ ...shared, optimizer: { name: 'adam', learningRate } });

/*
 * The best by recall@20 on the validation part of ml-100k (seed 1) of 22 to 24 settings a loss. All: learning rates 0.002
 * and 0.005 (BPR 0.02 too), some with λ 0.01 and 0.1. BPR: N 1 to 16. SL: τ 0.08 to 0.25, N 16 and 64. BSL: τ₁ 0.1 to 2,
 * τ₂ 0.08 to 0.25, M 2 and 4, N 64.
 */
export const startRuns: readonly StartRun[] = [
  { name: 'itempop', config: { ...shared, model: 'itempop' } },
  { name: 'bpr', config: { ...mf(0.005), loss: 'bpr', negatives: 16, model: { name: 'mf', l2: 0.01 } } },
  { name: 'sl', config: { ...mf(0.005), loss: { name: 'sl', tau: 0.18 }, negatives: 64 } },
  { name: 'bsl', config: { ...mf(0.002), loss: { name: 'bsl', tau1: 2, tau2: 0.18 }, positives: 2, negatives: 64 } },
];
