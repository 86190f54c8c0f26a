import type { Method, Settings } from '../experiment.ts';
import { type Tuned, withTuned } from '../tuned.ts';
import { settingsOf } from './settings.ts';
import found from './tuned.json' with { type: 'json' };

export const tuned: Tuned = found;

const untuned = 'the paper gives none; ours, and not tuned';

export const ccl: Method = withTuned(
  {
    id: 'ccl',
    label: 'MF + CCL',
    row: 'CCL biased',
    settings: settingsOf(() => ({ loss: { name: 'ccl', w: 300, margin: 0.9 }, l2: 1e-9, reason: untuned })),
  },
  tuned,
);
export const debiasedCcl: Method = withTuned(
  {
    id: 'debiased-ccl',
    label: 'MF + debiased CCL',
    row: 'CCL debiased',
    settings: settingsOf((name) => ({
      loss: { name: 'debiased-ccl', lambda: name === 'gowalla' ? 0.7 : 0.4, margin: 0.9 },
      l2: 1e-9,
      positives: name === 'gowalla' ? 21 : 11,
      reason: 'Table 5; K of τ_u⁺ is ours',
    })),
  },
  tuned,
);
export const mse: Method = withTuned(
  {
    id: 'mse',
    label: 'MF + MSE',
    row: 'MSE biased',
    settings: settingsOf(() => ({ loss: { name: 'mse' }, similarity: 'dot', l2: 1e-5, reason: untuned })),
  },
  tuned,
);
export const debiasedMse: Method = withTuned(
  {
    id: 'debiased-mse',
    label: 'MF + debiased MSE',
    row: 'MSE debiased',
    settings: settingsOf(() => ({
      loss: { name: 'debiased-mse', lambda: 0.1 },
      similarity: 'dot',
      l2: 1e-5,
      positives: 11,
      reason: untuned,
    })),
  },
  tuned,
);
export const infoNce: Method = withTuned(
  {
    id: 'info-nce',
    label: 'MF + InfoNCE',
    row: 'InfoNCE biased',
    settings: settingsOf(() => ({ loss: { name: 'info-nce', t: 0.1 }, reason: untuned })),
  },
  tuned,
);
export const debiasedInfoNce: Method = withTuned(
  {
    id: 'debiased-info-nce',
    label: 'MF + debiased InfoNCE',
    row: 'InfoNCE debiased',
    settings: settingsOf(() => ({
      loss: { name: 'debiased-info-nce', t: 0.1, lambda: 800 },
      positives: 11,
      reason: 'λ in the order of N (§4.4): N itself; the rest is ours, and not tuned',
    })),
  },
  tuned,
);
export const mine: Method = withTuned(
  {
    id: 'mine',
    label: 'MF + MINE',
    row: 'MINE',
    settings: settingsOf(() => ({ loss: { name: 'mine', t: 0.4 }, reason: untuned })),
  },
  tuned,
);
export const minePlus: Method = withTuned(
  {
    id: 'mine-plus',
    label: 'MF + MINE+',
    row: 'MINE+',
    settings: settingsOf((name) => ({
      loss: { name: 'mine-plus', t: name === 'gowalla' ? 0.4 : 0.5, lambda: name === 'gowalla' ? 1.2 : 1.1 },
      reason: 'Table 4',
    })),
  },
  tuned,
);
export const bpr: Method = withTuned(
  {
    id: 'bpr',
    label: 'MF + BPR',
    row: 'MF-BPR**',
    settings: settingsOf(() => ({ loss: { name: 'bpr' }, similarity: 'dot', l2: 1e-5, reason: untuned })),
  },
  tuned,
);

const fitted = { model: { name: 'ials', dimension: 64 }, reason: 'the model’s own defaults, not tuned' };

/** Fitted: no loss, no epochs, the same at every budget. */
export const ials: Method = {
  id: 'ials',
  label: 'iALS',
  row: 'iALS**',
  settings: Object.fromEntries(
    ['ml-100k', 'generated', 'gowalla', 'yelp2018'].map((name) => [
      name,
      { smoke: fitted, quick: fitted, full: fitted },
    ]),
  ) as Settings,
};
