import type { Axis } from '../axis.ts';
import { withOption } from '../axis.ts';
import { varianceOf } from '../claims/probed-quantities.ts';
import type { Claim } from '../claims/statement.ts';
import type { Experiment, Setting } from '../experiment.ts';
import { all, commonDepartures, datasets, metrics, pick } from './shared.ts';

const noise: Axis = {
  title: 'r_noise',
  symbol: 'r_noise',
  set: 'sampler.noiseOdds',
  values: { smoke: [0, 3], quick: [0, 1, 3], full: [0, 0.5, 1, 2, 3] },
};

const claims: readonly Claim[] = [
  {
    text: '"The performance grows with the increase of τ at the beginning, while drops with further increase."',
    source: '§III-B, Fig. 3a',
    reading: 'at every r_noise SL is best inside the range of τ, in NDCG@20',
    datasets: all,
    metrics: ['ndcg@20'],
    statement: { kind: 'peaks', methods: ['sl'] },
  },
  {
    text: '"When the noise rate (0.0 → 3.0) enlarges, the best τ for SL gradually increases (0.10 → 0.12)"; "as the proportion of noisy negatives increases, the optimal τ also increases".',
    source: '§III-B, Fig. 3a (Yelp2018); §V-C',
    reading: 'the best τ at the most noise above the best τ at the least',
    datasets: all,
    metrics: ['ndcg@20'],
    statement: { kind: 'best moves', method: 'sl', goes: 'up' },
  },
];

const limits = {
  epochs: 12,
  minutes: { 'ml-100k': '10', 'ml-1m-bsl': '60', gowalla: '180', yelp2018: '240' },
} as const;

/** Figure 3a of BSL: SL over its temperature, at several odds of drawing a positive as a negative. */
export const figure3a: Experiment = {
  id: 'figure:3a',
  title: 'Figure 3a, temperature and false negatives',
  metrics,
  datasets: datasets(limits),
  methods: pick('sl'),
  axes: [
    {
      title: 'temperature τ',
      symbol: 'τ',
      set: 'loss.tau',
      values: {
        smoke: [0.1, 0.2],
        quick: [0.06, 0.1, 0.14, 0.18, 0.24],
        full: [0.06, 0.08, 0.09, 0.1, 0.11, 0.12, 0.13, 0.14, 0.17, 0.2, 0.24],
      },
    },
    noise,
  ],
  view: { kind: 'lines' },
  claims,
  departures: [
    { text: 'The paper shows Yelp2018 alone. L2 and learning rate are those of Table II at every point.' },
    ...commonDepartures,
  ],
};

/** The paper's best τ rises from 0.10 at r_noise 0 to 0.12 at 3; in between by a straight line. */
function withBestTau(setting: Setting, odds: number): Setting {
  const tau = Number((0.1 + (0.02 * odds) / 3).toFixed(4));
  return withOption(withOption(setting, 'sampler.noiseOdds', odds), 'loss.tau', tau);
}

/** Figure 3b of BSL: the radius η of Corollary III.1 at the best temperature of each noise. */
export const figure3b: Experiment = {
  id: 'figure:3b',
  title: 'Figure 3b, the radius of robustness',
  metrics,
  datasets: datasets(limits),
  methods: pick('sl'),
  axes: [{ ...noise, set: withBestTau }],
  view: { kind: 'density', of: ['radius'], title: 'η = V[s] / (2τ²), eq. 16, by row of a batch' },
  probe: { kind: 'batch', most: 2048 },
  claims: [
    {
      text: '"η actually rises with the increase of false negative samples."',
      source: '§III-B, Fig. 3b',
      reading: 'the mean η of a batch at the most r_noise above that at the least',
      datasets: all,
      metrics: ['radius'],
      statement: { kind: 'trend', methods: ['sl'], goes: 'up' },
    },
    {
      text: '"The cases with more noisy samples would have a larger variance."',
      source: '§III-B',
      reading: 'the variance of the negatives’ scores in a batch at the most r_noise above that at the least',
      datasets: all,
      quantities: [varianceOf('negativeScores')],
      statement: { kind: 'trend', methods: ['sl'], goes: 'up' },
    },
  ],
  departures: [
    {
      text: 'The temperature at each noise is the paper’s best (0.10 to 0.12, by a straight line), not searched anew.',
    },
    ...commonDepartures,
  ],
};
