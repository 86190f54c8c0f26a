import { type Axis, withOption } from '../axis.ts';
import type { Experiment, Setting } from '../experiment.ts';
import { bpr, nbpo, shiftMc, wbpr } from './methods.ts';
import { firstRate } from './settings.ts';
import { amazon, datasets, f1At2, movielens, othersAreFixed } from './shared.ts';

const learners = [bpr, wbpr, shiftMc, nbpo];
export const common = { metrics: f1At2, departures: othersAreFixed } as const;

const eta: Axis = {
  title: 'learning rate η',
  symbol: 'η',
  set: (setting, value) => withOption(setting, 'optimizer.learningRate', firstRate(value)),
  values: { smoke: [0.01, 0.05], quick: [0.01, 0.02, 0.05, 0.1], full: [0.01, 0.02, 0.05, 0.1, 0.2] },
  valuesOn: { [movielens]: { quick: [0.002, 0.005, 0.01, 0.02], full: [0.001, 0.002, 0.005, 0.01, 0.02] } },
  scale: 'log',
};

/** Whole matrices decay after each batch, of which an epoch has 7 on Amazon and 160 on MovieLens. */
export const lambdaTheta = {
  title: 'λ_Θ',
  symbol: 'λ_Θ',
  values: { smoke: [0.1, 1], quick: [0.2, 0.5, 1, 2], full: [0.2, 0.5, 1, 2, 5] },
  valuesOn: { [movielens]: { quick: [0.05, 0.2, 0.5], full: [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1] } },
  scale: 'log',
} as const;

/** Figure 3 of NBPO: learning rate and regularisation, λ_Θ = λ_Φ. */
export const figure3: Experiment = {
  ...common,
  id: 'figure:3',
  title: 'Figure 3, learning rate and regularisation',
  datasets: datasets({ [amazon]: '30', [movielens]: 'hours' }),
  methods: [nbpo],
  axes: [
    eta,
    {
      ...lambdaTheta,
      title: 'λ_Θ = λ_Φ',
      set: (setting, value) =>
        withOption(withOption<Setting>(setting, 'optimizer.weightDecay', value), 'loss.lambda', value),
    },
  ],
  view: { kind: 'grid' },
  claims: [
    {
      text: '"NBPO achieves the best performance at η = 0.05, λΘ = λΦ = 1 on Amazon dataset"',
      source: '§5.2, Fig. 3',
      reading: 'the best of all pairs is η 0.05 with λ 1',
      datasets: [amazon],
      statement: { kind: 'best point', methods: ['nbpo'], point: [0.05, 1] },
    },
    {
      text: '"and η = 0.005, λΘ = λΦ = 0.5 on Movielens dataset."',
      source: '§5.2, Fig. 3',
      reading: 'the best of all pairs is η 0.005 with λ 0.5',
      datasets: [movielens],
      statement: { kind: 'best point', methods: ['nbpo'], point: [0.005, 0.5] },
    },
  ],
};

const withK =
  '"performances of models increase with the increasing of K obviously on Movielens dataset while keep stable on Amazon dataset."';

/** Figure 4 of NBPO: the dimension of MF. */
export const figure4: Experiment = {
  ...common,
  id: 'figure:4',
  title: 'Figure 4, the dimension K',
  datasets: datasets({ [amazon]: '30', [movielens]: 'hours' }),
  methods: learners,
  axes: [
    {
      title: 'dimension K',
      symbol: 'K',
      set: 'model.dimension',
      values: { smoke: [10, 50], quick: [10, 50, 200], full: [10, 20, 50, 100, 200] },
      scale: 'log',
    },
  ],
  view: { kind: 'lines' },
  claims: [
    {
      text: withK,
      source: '§5.2, Fig. 4',
      reading: 'on Amazon the least and the greatest value along K within 10 % of each other',
      datasets: [amazon],
      statement: { kind: 'stable', methods: learners.map(({ id }) => id), within: 0.1 },
    },
    {
      text: withK,
      source: '§5.2, Fig. 4',
      reading: 'on MovieLens every method more than 10 % higher at the largest K than at the smallest',
      datasets: [movielens],
      statement: { kind: 'trend', methods: learners.map(({ id }) => id), goes: 'up', by: 0.1 },
    },
    ...[
      { dataset: amazon, K: 50 },
      { dataset: movielens, K: 200 },
    ].map(({ dataset, K }) => ({
      text: '"All models achieve the best performance when K = 50 on Amazon dataset and K = 200 on Movielens dataset."',
      source: '§5.2, Fig. 4',
      reading: `the best value of each is at K = ${K}`,
      datasets: [dataset],
      statement: { kind: 'best at' as const, methods: learners.map(({ id }) => id), values: [K] },
    })),
  ],
};

const withRho =
  '"BPR, WBPR, ShiftMC, NBPO perform the best when ρ = 2, 4, 3, 3, respectively on Amazon dataset and when ρ = 3 on Movielens dataset."';

/** Figure 5 of NBPO: negatives drawn for each positive. */
export const figure5: Experiment = {
  ...common,
  id: 'figure:5',
  title: 'Figure 5, the sampling rate ρ',
  datasets: datasets({ [amazon]: '40', [movielens]: 'hours' }),
  methods: learners,
  axes: [
    {
      title: 'sampling rate ρ',
      symbol: 'ρ',
      set: 'negatives',
      values: { smoke: [1, 3], quick: [1, 2, 3, 5], full: [1, 2, 3, 4, 5, 6, 7] },
    },
  ],
  view: { kind: 'lines' },
  claims: [
    ...learners.map(({ id, label }, k) => {
      const rho = [2, 4, 3, 3][k]!;
      return {
        text: withRho,
        source: '§5.2, Fig. 5',
        reading: `on Amazon the best value of ${label} is at ρ = ${rho}`,
        datasets: [amazon],
        statement: { kind: 'best at' as const, methods: [id], values: [rho] },
      };
    }),
    {
      text: withRho,
      source: '§5.2, Fig. 5',
      reading: 'on MovieLens the best value of each is at ρ = 3',
      datasets: [movielens],
      statement: { kind: 'best at', methods: learners.map(({ id }) => id), values: [3] },
    },
    {
      text: '"compared with baselines, NBPO gains more improvement by tuning with ρ."',
      source: '§5.2, Fig. 5',
      reading: 'from its worst to its best ρ NBPO gains a greater share of the best than BPR, WBPR and ShiftMC',
      datasets: [amazon, movielens],
      statement: { kind: 'steadier', methods: ['bpr', 'wbpr', 'shift-mc'], than: ['nbpo'] },
    },
  ],
};
