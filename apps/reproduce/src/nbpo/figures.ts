import type { Experiment } from '../experiment.ts';
import { bpo, bpr, itemKnn, itemPop, nbpo, nbpoO, nbpoS, shiftMc, wbpr } from './methods.ts';
import { amazon, both, commonDepartures, datasets, f1, f1AndNdcg, movielens } from './shared.ts';

/** Lines over k, as the paper draws them; it prints no number beside. */
const view = { kind: 'cut-offs' } as const;

/** Figure 2 of NBPO: all methods, F1 and NDCG over k. */
export const figure2: Experiment = {
  id: 'figure:2',
  title: 'Figure 2, recommendation performance',
  metrics: f1AndNdcg,
  eachMetricAtItsBest: true,
  datasets: datasets({ [amazon]: '10', [movielens]: 'hours' }),
  methods: [itemPop, itemKnn, bpr, wbpr, shiftMc, nbpo],
  reference: 'nbpo',
  view,
  claims: [
    {
      text: '"All personalized methods outperform ItemPop dramatically."',
      source: '§5.2, Fig. 2',
      reading: 'ItemKNN, BPR, WBPR, ShiftMC and NBPO above ItemPop at every k',
      datasets: both,
      statement: { kind: 'beats', better: ['itemknn', 'bpr', 'wbpr', 'shift-mc', 'nbpo'], worse: ['itempop'] },
    },
    {
      text: 'WBPR over BPR: 3.75 % in F1, 4.05 % in NDCG "for the best case".',
      source: '§5.2, Fig. 2',
      reading: 'WBPR above BPR at every k in both metrics',
      datasets: both,
      statement: { kind: 'beats', better: ['wbpr'], worse: ['bpr'] },
    },
    {
      text: 'ShiftMC over BPR: 6.26 % in F1, 4.66 % in NDCG "for the best case"; it "performs the best in baselines".',
      source: '§5.2, Fig. 2',
      reading: 'ShiftMC above BPR and WBPR at every k in both metrics',
      datasets: both,
      statement: { kind: 'beats', better: ['shift-mc'], worse: ['bpr', 'wbpr'] },
    },
    {
      text: 'NBPO over ShiftMC: 7.28 % in F1, 6.79 % in NDCG "for the best case".',
      source: '§5.2, Fig. 2',
      reading: 'NBPO above ShiftMC at every k in both metrics',
      datasets: both,
      statement: { kind: 'beats', better: ['nbpo'], worse: ['shift-mc'] },
    },
    {
      text: 'NBPO outperforms BPR (from the three above).',
      source: '§5.2, Fig. 2',
      reading: 'NBPO above BPR at every k in both metrics',
      datasets: both,
      statement: { kind: 'beats', better: ['nbpo'], worse: ['bpr'] },
    },
  ],
  departures: commonDepartures,
};

/** Figure 6 of NBPO: with and without the noise model. */
export const figure6: Experiment = {
  id: 'figure:6',
  title: 'Figure 6, noisy-label robust learning',
  metrics: f1,
  eachMetricAtItsBest: true,
  datasets: datasets({ [amazon]: '5', [movielens]: 'hours' }),
  methods: [bpo, nbpo],
  reference: 'nbpo',
  view,
  claims: [
    {
      text: 'NBPO over BPO: 8.08 % on Amazon, 16.49 % on MovieLens "for the best case".',
      source: '§5.3, Fig. 6',
      reading: 'NBPO above BPO at every k',
      datasets: both,
      statement: { kind: 'beats', better: ['nbpo'], worse: ['bpo'] },
    },
  ],
  departures: commonDepartures,
};

/** Figure 9 of NBPO: likelihood, surrogate likelihood, surrogate gradient. */
export const figure9: Experiment = {
  id: 'figure:9',
  title: 'Figure 9, surrogate likelihood and surrogate gradient',
  metrics: f1,
  eachMetricAtItsBest: true,
  datasets: datasets({ [amazon]: '8', [movielens]: 'hours' }),
  methods: [nbpoO, nbpoS, nbpo],
  reference: 'nbpo',
  view,
  claims: [
    {
      text: '"NBPO-ss performs the best in these three models on all metrics and all datasets."',
      source: '§5.4, Fig. 9',
      reading: 'NBPO above NBPO-o and NBPO-s at every k',
      datasets: both,
      statement: { kind: 'beats', better: ['nbpo'], worse: ['nbpo-o', 'nbpo-s'] },
    },
    {
      text: 'NBPO-s "suffers from the gradient vanishing problem and performs the worst".',
      source: '§5.4, Fig. 9',
      reading: 'NBPO-o above NBPO-s at every k',
      datasets: both,
      statement: { kind: 'beats', better: ['nbpo-o'], worse: ['nbpo-s'] },
    },
  ],
  departures: commonDepartures,
};
