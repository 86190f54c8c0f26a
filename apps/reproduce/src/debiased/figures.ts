import type { Axis } from '../axis.ts';
import type { Claim } from '../claims/statement.ts';
import type { Experiment, Method } from '../experiment.ts';
import { ccl, debiasedCcl, debiasedInfoNce, debiasedMse, infoNce, minePlus, mse } from './methods.ts';
import { all, commonDepartures, datasets, metrics } from './shared.ts';

const counts = { smoke: [8, 32], quick: [32, 128, 512], full: [50, 100, 200, 400, 800, 1600] } as const;
const fewerThanMost = Object.values(counts).flatMap((values) => values.slice(0, -1));

const departures = [
  {
    text: 'The values of the axis are ours: the text does not give the figure’s. Other settings are those of Table 2.',
  },
  ...commonDepartures,
];

/** Figure 1, left: the number of negatives. */
export const figure1a: Experiment = {
  id: 'figure:1a',
  title: 'Figure 1, left: the number of negatives',
  metrics,
  datasets: datasets({ 'ml-100k': '12', gowalla: '180' }),
  methods: [ccl, mse, infoNce, debiasedCcl, debiasedMse, debiasedInfoNce],
  axes: [
    {
      title: 'number of negatives N',
      symbol: 'N',
      set: 'negatives',
      values: counts,
      scale: 'log',
    },
  ],
  view: { kind: 'lines' },
  claims: [
    {
      text: '"In general, increasing the number of negative samples leads to better performance."',
      source: '§4.4, Fig. 1',
      reading: 'CCL and InfoNCE, debiased or not, higher at the most negatives than at the fewest',
      datasets: all,
      statement: {
        kind: 'trend',
        methods: ['ccl', 'info-nce', 'debiased-ccl', 'debiased-info-nce'],
        goes: 'up',
      },
    },
    {
      text: '"The MSE loss requires fewer negative samples to reach a stable plateau but performs worse when the number of negative samples increases."',
      source: '§4.4, Fig. 1',
      reading: 'MSE is best at fewer than the most negatives in both metrics',
      datasets: all,
      statement: { kind: 'best at', methods: ['mse'], values: fewerThanMost },
    },
  ],
  departures,
};

/** Figure 1, right: the number of further positives in the debiased losses. */
export const figure1b: Experiment = {
  id: 'figure:1b',
  title: 'Figure 1, right: the number of positives',
  metrics,
  datasets: datasets({ 'ml-100k': '6', gowalla: '90' }),
  methods: [debiasedCcl, debiasedMse, debiasedInfoNce],
  axes: [
    {
      title: 'further positives M',
      symbol: 'M',
      set: (setting, further) => ({ ...setting, positives: further + 1 }),
      values: { smoke: [1, 5], quick: [1, 10, 50], full: [1, 5, 10, 20, 50, 100] },
    },
  ],
  view: { kind: 'lines' },
  claims: [
    {
      text: '"The number of positive samples in the debiased formula has a minor impact on performance compared to negative samples."',
      source: '§4.4, Fig. 1',
      reading:
        'the least and the greatest value along M within 5 % of each other in both metrics; N is the left side’s',
      datasets: all,
      statement: { kind: 'stable', methods: ['debiased-ccl', 'debiased-mse', 'debiased-info-nce'], within: 0.05 },
    },
  ],
  departures,
};

/** One panel of Figure 2: the negative weight λ of a debiased loss, each on a scale of its own. */
function negativeWeight(
  panel: string,
  method: Method,
  values: Axis['values'],
  further: readonly Claim[] = [],
): Experiment {
  return {
    id: `figure:2${panel}`,
    title: `Figure 2, the negative weight of ${method.label.replace('MF + ', '')}`,
    metrics,
    datasets: datasets({ 'ml-100k': '4', gowalla: '60' }),
    methods: [method],
    axes: [{ title: 'negative weight λ', symbol: 'λ', set: 'loss.lambda', values, scale: 'log' }],
    view: { kind: 'lines' },
    claims: [
      {
        text: '"We would expect the ∩ shaped curve for quality metric (Recall@20 here)."',
        source: '§4.4, Fig. 2',
        reading: 'the best λ is at neither end of the axis, in Recall@20',
        datasets: all,
        metrics: ['recall@20'],
        statement: { kind: 'peaks', methods: [method.id] },
      },
      ...further,
    ],
    departures,
  };
}

const small = { smoke: [0.1, 0.7], quick: [0.1, 0.3, 0.7, 1.5], full: [0.1, 0.2, 0.4, 0.7, 1, 1.5, 2] } as const;
const hundreds = { smoke: [16, 32], quick: [32, 128, 512], full: [100, 200, 400, 800, 1600] } as const;
export const figure2a = negativeWeight('a', debiasedCcl, small);
export const figure2b = negativeWeight('b', debiasedMse, small);
export const figure2c = negativeWeight('c', debiasedInfoNce, hundreds, [
  {
    text: '"The negative weights of InfoNCE are in the order of hundreds and related to the number of negative samples."',
    source: '§4.4, Fig. 2',
    reading:
      'the best λ is in the order of N, which is 64 at budget quick and 800 in full: from N/3 to 3N, in Recall@20',
    datasets: all,
    metrics: ['recall@20'],
    statement: { kind: 'best at', methods: ['debiased-info-nce'], values: [32, 128, 400, 800, 1600] },
  },
]);

/** Figure 3: the temperature of MINE+. */
export const figure3: Experiment = {
  id: 'figure:3',
  title: 'Figure 3, the temperature of MINE+',
  metrics,
  datasets: datasets({ 'ml-100k': '4', gowalla: '60' }),
  methods: [minePlus],
  axes: [
    {
      title: 'temperature t',
      symbol: 't',
      set: 'loss.t',
      values: { smoke: [0.2, 0.5], quick: [0.1, 0.2, 0.4, 0.5, 0.8], full: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1] },
    },
  ],
  view: { kind: 'lines' },
  claims: [
    {
      text: '"In general, it would achieve optimal around 0.5 for all datasets." (Table 4 has 0.4 for Gowalla.)',
      source: '§4.4, Fig. 3',
      reading: 'the best t is one of 0.4, 0.5 and 0.6 in both metrics',
      datasets: all,
      statement: { kind: 'best at', methods: ['mine-plus'], values: [0.4, 0.5, 0.6] },
    },
  ],
  departures,
};
