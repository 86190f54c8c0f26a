import type { Budget, Settings } from '../experiment.ts';
import { type MfSetting, mfSetting } from './mf.ts';

type Baseline = 'bpr' | 'bce' | 'mse';
type Numbers = Pick<MfSetting, 'similarity' | 'learningRate' | 'l2'>;
type Common = Pick<MfSetting, 'batchSize' | 'negatives' | 'dropout'>;

// B, N and dropout are those of SL and BSL at the same budget.
const common: Readonly<Record<string, Readonly<Partial<Record<Budget, Common>>>>> = {
  generated: { smoke: { batchSize: 1024, negatives: 32, dropout: 0 } },
  'ml-100k': {
    smoke: { batchSize: 1024, negatives: 32, dropout: 0 },
    quick: { batchSize: 1024, negatives: 64, dropout: 0 },
  },
  'ml-1m-bsl': {
    smoke: { batchSize: 1024, negatives: 32, dropout: 0 },
    quick: { batchSize: 2048, negatives: 64, dropout: 0 },
    full: { batchSize: 2048, negatives: 800, dropout: 0 },
  },
  gowalla: {
    smoke: { batchSize: 1024, negatives: 32, dropout: 0 },
    quick: { batchSize: 2048, negatives: 64, dropout: 0.1 },
    full: { batchSize: 1024, negatives: 800, dropout: 0.1 },
  },
  yelp2018: {
    smoke: { batchSize: 1024, negatives: 32, dropout: 0 },
    quick: { batchSize: 2048, negatives: 64, dropout: 0.1 },
    full: { batchSize: 1024, negatives: 800, dropout: 0.1 },
  },
};

const untuned = 'a value of the paper’s grid; the paper gives none, and it was not tuned';
const tried =
  'the best of three trials on the validation part (1e-3 with L2 1e-3, 5e-3 with 1e-3 and with 1e-2); the paper gives none';
const likeBpr = 'as BPR; the paper gives none';
const overfits = 'at 5e-3 the validation part was best at epoch 2; the paper gives none';

// The paper gives no settings for these three losses.
const numbers: Readonly<Record<string, Readonly<Record<Baseline, Numbers & { readonly reason: string }>>>> = {
  generated: {
    bpr: { similarity: 'dot', learningRate: 5e-3, l2: 1e-3, reason: untuned },
    bce: { similarity: 'dot', learningRate: 5e-3, l2: 1e-3, reason: untuned },
    mse: { similarity: 'dot', learningRate: 5e-3, l2: 1e-3, reason: untuned },
  },
  'ml-100k': {
    bpr: { similarity: 'dot', learningRate: 5e-3, l2: 1e-3, reason: untuned },
    bce: { similarity: 'dot', learningRate: 5e-3, l2: 1e-3, reason: untuned },
    mse: { similarity: 'dot', learningRate: 5e-3, l2: 1e-3, reason: untuned },
  },
  'ml-1m-bsl': {
    bpr: { similarity: 'dot', learningRate: 5e-3, l2: 1e-3, reason: tried },
    bce: { similarity: 'dot', learningRate: 5e-3, l2: 1e-3, reason: likeBpr },
    mse: { similarity: 'dot', learningRate: 1e-3, l2: 1e-3, reason: overfits },
  },
  gowalla: {
    bpr: { similarity: 'dot', learningRate: 5e-3, l2: 1e-4, reason: untuned },
    bce: { similarity: 'dot', learningRate: 5e-3, l2: 1e-4, reason: untuned },
    mse: { similarity: 'dot', learningRate: 1e-3, l2: 1e-4, reason: untuned },
  },
  yelp2018: {
    bpr: { similarity: 'dot', learningRate: 5e-3, l2: 1e-4, reason: untuned },
    bce: { similarity: 'dot', learningRate: 5e-3, l2: 1e-4, reason: untuned },
    mse: { similarity: 'dot', learningRate: 1e-3, l2: 1e-4, reason: untuned },
  },
};

/** The settings of a baseline by data set and budget. */
export function baselineSettings(loss: Baseline): Settings {
  return Object.fromEntries(
    Object.entries(common).map(([dataset, budgets]) => {
      const of = (budget: Common) => mfSetting({ loss: { name: loss }, ...budget, ...numbers[dataset]![loss] });
      return [dataset, Object.fromEntries(Object.entries(budgets).map(([name, budget]) => [name, of(budget)]))];
    }),
  );
}
