import type { Budget, NamedOptions, Setting } from '../experiment.ts';
import { type MfSetting, mfSetting } from './mf.ts';

/** A setting of SL and BSL without its loss; τ and w are the `t1` and `t2` of the authors' code. */
interface Softmax extends Omit<MfSetting, 'loss' | 'similarity' | 'positives'> {
  readonly tau: number;
  readonly w: number;
}

type ByDataset<T> = Readonly<Record<string, Readonly<Partial<Record<Budget, T>>>>>;

const theirs = 'the command in the authors’ README';
const faster = 'theirs, with a larger learning rate, fewer negatives and no more epochs than the budget has';
const quickly = 'theirs for ML-1M, made quick enough to show that everything works';

const smoke: Softmax = {
  learningRate: 5e-3,
  l2: 1e-5,
  batchSize: 1024,
  negatives: 32,
  dropout: 0,
  tau: 0.17,
  w: 1.06,
  reason: quickly,
};

/** What SL and BSL share. */
const softmax: ByDataset<Softmax> = {
  generated: { smoke },
  'ml-100k': {
    smoke,
    quick: {
      learningRate: 1e-3,
      l2: 1e-3,
      batchSize: 1024,
      negatives: 64,
      dropout: 0,
      tau: 0.17,
      w: 1.06,
      reason: faster,
    },
  },
  'ml-1m-bsl': {
    smoke,
    quick: {
      learningRate: 1e-3,
      l2: 1e-3,
      batchSize: 2048,
      negatives: 64,
      dropout: 0,
      tau: 0.17,
      w: 1.06,
      reason: faster,
    },
    full: {
      learningRate: 1e-4,
      l2: 1e-3,
      batchSize: 2048,
      negatives: 800,
      dropout: 0,
      tau: 0.17,
      w: 1.06,
      reason: theirs,
    },
  },
  gowalla: {
    smoke,
    quick: {
      learningRate: 1e-3,
      l2: 1e-9,
      batchSize: 2048,
      negatives: 64,
      dropout: 0.1,
      tau: 0.08,
      w: 1.22,
      reason: faster,
    },
    full: {
      learningRate: 1e-4,
      l2: 1e-9,
      batchSize: 1024,
      negatives: 800,
      dropout: 0.1,
      tau: 0.08,
      w: 1.22,
      reason: theirs,
    },
  },
  yelp2018: {
    smoke,
    quick: {
      learningRate: 1e-3,
      l2: 1e-3,
      batchSize: 2048,
      negatives: 64,
      dropout: 0.1,
      tau: 0.11,
      w: 1.1,
      reason: faster,
    },
    full: {
      learningRate: 1e-4,
      l2: 1e-3,
      batchSize: 1024,
      negatives: 800,
      dropout: 0.1,
      tau: 0.11,
      w: 1.1,
      reason: theirs,
    },
  },
};

function withLoss(change: (s: Softmax) => { loss: NamedOptions } & Partial<MfSetting>): ByDataset<Setting> {
  const of = ({ tau, w, ...common }: Softmax): Setting =>
    mfSetting({ similarity: 'cosine', ...common, ...change({ tau, w, ...common }) });
  return mapValues(softmax, (byBudget) => mapValues(byBudget, (s) => of(s!)));
}

function mapValues<K extends string, A, B>(values: Readonly<Partial<Record<K, A>>>, f: (value: A) => B): Record<K, B> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, f(value as A)])) as Record<K, B>;
}

/** `reweight` with w = 1: SL (eq. 5) divided by τ, the scale that the L2 coefficients were found for. */
export const slSettings = withLoss(({ tau }) => ({
  loss: { name: 'bsl-reference', variant: 'reweight', tau, w: 1 },
}));

/** SL less its variance term, divided by τ in effect: its own scale is τ times smaller, and so is its L2. */
export const withoutVarianceSettings = withLoss(({ tau, l2 }) => ({
  loss: { name: 'sl-without-variance', tau },
  l2: rounded(l2 * tau),
}));

/** BSL as the code computes it. */
export const bslSettings = withLoss(({ tau, w }) => ({
  loss: { name: 'bsl-reference', variant: 'multi', tau, w },
}));

/** What the logs called SL ran on all three data sets; worth its time at budget full alone. */
export const multiSlSettings = mapValues(
  withLoss(({ tau }) => ({ loss: { name: 'bsl-reference', variant: 'multi', tau, w: 1 } })),
  ({ full }) => ({ ...(full && { full }) }),
);

/**
 * Eq. 18 divided by τ1 weighs the negative side by τ2/τ1, as w does: so τ2 = τ and τ1 = τ/w. Undivided it is τ1 times
 * smaller than the reference form, and so must its L2 be. M = 4: with one positive τ1 would cancel.
 */
export const eq18Settings = withLoss(({ tau, w, l2, reason }) => {
  const tau1 = rounded(tau / w);
  return {
    loss: { name: 'bsl', tau1, tau2: tau },
    positives: 4,
    l2: rounded(l2 * tau1),
    reason: `${reason}; τ2 = τ, τ1 = τ/w, M = 4, L2 times τ1`,
  };
});

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
