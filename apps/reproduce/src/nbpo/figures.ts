import type { Experiment } from '../experiment.ts';
import { bpo, nbpo, nbpoO, nbpoS } from './methods.ts';
import { amazon, both, commonDepartures, datasets, f1, movielens } from './shared.ts';

/** Lines over k, as the paper draws them; it prints no number beside. */
const view = { kind: 'cut-offs' } as const;

/** Figure 6 of NBPO: with and without the noise model. */
export const figure6: Experiment = {
  id: 'figure:6',
  title: 'Figure 6, noisy-label robust learning',
  metrics: f1,
  eachMetricAtItsBest: true,
  datasets: datasets({ [amazon]: '5', [movielens]: '45' }),
  methods: [bpo, nbpo],
  reference: 'nbpo',
  view,
  claims: [
    {
      text: '"By modifying noisy labels, NBPO gains considerable accuracy improvement."',
      source: '§5.3, Fig. 6',
      reading: 'NBPO above BPO at every k',
      datasets: both,
      statement: { kind: 'beats', better: ['nbpo'], worse: ['bpo'] },
    },
    ...[
      { dataset: amazon, gain: 0.0808, percent: '8.08 %' },
      { dataset: movielens, gain: 0.1649, percent: '16.49 %' },
    ].map(({ dataset, gain, percent }) => ({
      text: '"NBPO outperforms BPO 8.08% and 16.49% for the best case on Amazon and Movielens datasets."',
      source: '§5.3, Fig. 6',
      reading: `the greatest gain of NBPO on BPO over k is ${percent}, give or take two points`,
      datasets: [dataset],
      statement: { kind: 'gains at best' as const, better: 'nbpo', worse: 'bpo', gain, tolerance: 0.02 },
    })),
  ],
  departures: commonDepartures,
};

/** Figure 9 of NBPO: likelihood, surrogate likelihood, surrogate gradient. */
export const figure9: Experiment = {
  id: 'figure:9',
  title: 'Figure 9, surrogate likelihood and surrogate gradient',
  metrics: f1,
  eachMetricAtItsBest: true,
  datasets: datasets({ [amazon]: '8', [movielens]: '45' }),
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
      text: '"NBPO-o performs pretty bad since it cannot be optimized well with vanilla MSGD."',
      source: '§5.4, Fig. 9',
      reading: 'NBPO more than 20 % above NBPO-o at every k',
      datasets: both,
      statement: { kind: 'beats', better: ['nbpo'], worse: ['nbpo-o'], by: 0.2 },
    },
    {
      text: '"NBPO-s suffers from the “gradient vanishing” problem and performs the worst."',
      source: '§5.4, Fig. 9',
      reading: 'NBPO and NBPO-o above NBPO-s at every k',
      datasets: both,
      statement: { kind: 'beats', better: ['nbpo', 'nbpo-o'], worse: ['nbpo-s'] },
    },
  ],
  departures: commonDepartures,
};
