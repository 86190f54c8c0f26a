import type { Method } from '../experiment.ts';
import { bprSettings, settingsOf, vbprSettings } from './settings.ts';

const untuned = 'the paper gives no settings; ours, and not tuned';

/** Table 1's methods that exist here, on matrix factorisation. */
export const bpr: Method = { id: 'bpr', label: 'MF + BPR', row: 'BPR', settings: bprSettings('mf') };
export const vbpr: Method = { id: 'vbpr', label: 'MF + VBPR', row: 'Varitional BPR', settings: vbprSettings('mf') };
export const infoNce: Method = {
  id: 'info-nce',
  label: 'MF + InfoNCE',
  row: 'InfoNCE',
  note: 'cosine, t 0.2, 64 negatives',
  settings: settingsOf('mf', () => ({
    model: { name: 'mf', similarity: 'cosine', initialiser: 'normal', deviation: 0.01 },
    loss: { name: 'info-nce', t: 0.2 },
    positives: 1,
    negatives: 64,
    reason: untuned,
  })),
};
export const dcl: Method = {
  id: 'dcl',
  label: 'MF + DCL',
  row: 'DCL',
  note: 'debiased InfoNCE, cosine, t 0.2, 64 negatives of all items, ten further positives',
  settings: settingsOf('mf', () => ({
    model: { name: 'mf', similarity: 'cosine', initialiser: 'normal', deviation: 0.01 },
    sampler: { name: 'uniform', exclude: 'nobody', dropLast: true },
    loss: { name: 'debiased-info-nce', t: 0.2, lambda: 64 },
    positives: 11,
    negatives: 64,
    reason: untuned,
  })),
};

/** Table 2's rows on LightGCN. */
export const lightGcnBpr: Method = { id: 'lgn-bpr', label: 'LightGCN + BPR', settings: bprSettings('lightgcn') };
export const lightGcnVbpr: Method = { id: 'lgn-vbpr', label: 'LightGCN + VBPR', settings: vbprSettings('lightgcn') };

/** Variational BPR with other factors. */
export function vbprAt(cPos: number, cNeg: number): Method {
  return {
    id: `vbpr-${cPos}-${cNeg}`,
    label: `MF + VBPR (${cPos}, ${cNeg})`,
    settings: vbprSettings('mf', { cPos, cNeg }),
  };
}
