import type { Method } from '../experiment.ts';
import { type Change, fittedSettings, settingsOf } from './settings.ts';
import { amazon } from './shared.ts';

const three = (): number => 3;
const nbpoLoss: Change['loss'] = ({ L, lambdaPhi }) => ({ name: 'nbpo', L, lambda: lambdaPhi, saturation: 10 });

export const itemPop: Method = {
  id: 'itempop',
  label: 'ItemPop',
  settings: fittedSettings({ name: 'itempop' }),
};
export const itemKnn: Method = {
  id: 'itemknn',
  label: 'ItemKNN',
  settings: fittedSettings({ name: 'itemknn' }),
};
export const bpr: Method = {
  id: 'bpr',
  label: 'BPR',
  settings: settingsOf({
    loss: () => ({ name: 'bpr' }),
    rho: (dataset) => (dataset === amazon ? 2 : 3),
    lambda: (dataset) => (dataset === amazon ? 1 : 0.2),
  }),
};
export const wbpr: Method = {
  id: 'wbpr',
  label: 'WBPR',
  note: 'BPR with negatives drawn by popularity',
  settings: settingsOf({
    loss: () => ({ name: 'bpr' }),
    sampler: 'popularity',
    rho: (dataset) => (dataset === amazon ? 4 : 3),
  }),
};
export const shiftMc: Method = {
  id: 'shift-mc',
  label: 'ShiftMC',
  note: 'squared error, flip rate 0.5',
  settings: settingsOf({
    loss: () => ({ name: 'shift-mc', flipRate: 0.5 }),
    rho: three,
    eta: (dataset) => (dataset === amazon ? 0.002 : 0.0002),
    reason: '§5.2, but η: with the squared error the paper’s η diverges in summed gradients, so 1/25 of it',
  }),
};
export const bpo: Method = {
  id: 'bpo',
  label: 'BPO',
  settings: settingsOf({ loss: () => ({ name: 'bpo' }), rho: three, reason: 'NBPO’s: the paper gives none for BPO' }),
};
export const nbpo: Method = { id: 'nbpo', label: 'NBPO', settings: settingsOf({ loss: nbpoLoss, rho: three }) };
export const nbpoO: Method = {
  id: 'nbpo-o',
  label: 'NBPO-o',
  settings: settingsOf({
    loss: ({ L, lambdaPhi }) => ({ name: 'nbpo-o', L, lambda: lambdaPhi }),
    rho: three,
    reason: 'NBPO’s: the paper gives none for its ablations',
  }),
};
export const nbpoS: Method = {
  id: 'nbpo-s',
  label: 'NBPO-s',
  settings: settingsOf({
    loss: ({ L, lambdaPhi }) => ({ name: 'nbpo-s', L, lambda: lambdaPhi }),
    rho: three,
    reason: 'NBPO’s: the paper gives none for its ablations',
  }),
};
