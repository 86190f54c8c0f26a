import { withOption } from '../axis.ts';
import type { Experiment, Setting } from '../experiment.ts';
import { all, commonDepartures, datasets, metrics, pick } from './shared.ts';

/** τ1 of eq. 18 at a ratio τ1/τ2; in the reference form the weight w = τ2/τ1. τ2 stays. */
function withRatio(setting: Setting, ratio: number): Setting {
  const rounded = (value: number): number => Number(value.toPrecision(4));
  const { loss } = setting;
  if (loss?.name === 'bsl') return withOption(setting, 'loss.tau1', rounded(Number(loss.tau2) * ratio));
  return withOption(setting, 'loss.w', rounded(1 / ratio));
}

/** Figure 13 of BSL: the ratio of the two temperatures. */
export const figure13: Experiment = {
  id: 'figure:13',
  title: 'Figure 13, the ratio of the temperatures',
  metrics,
  datasets: datasets({ epochs: 12, minutes: { 'ml-100k': '8', 'ml-1m-bsl': '50', gowalla: '120', yelp2018: '180' } }),
  methods: pick('bsl', 'bsl-eq18'),
  axes: [
    {
      title: 'τ1/τ2',
      symbol: 'τ1/τ2',
      set: withRatio,
      values: { smoke: [0.8, 1.25], quick: [0.5, 0.8, 0.9, 1, 2], full: [0.4, 0.6, 0.8, 0.9, 1, 1.2, 1.6, 2] },
    },
  ],
  view: { kind: 'lines' },
  claims: [
    {
      text: 'When τ1 is "excessively large (e.g., τ1/τ2 = 2)" the model has "poor robustness against positive noise"; as it decreases performance is boosted, but "a further reduction of τ1 can be detrimental".',
      source: '§V-E, Fig. 13',
      reading: 'the best ratio is at neither end of the axis, in both forms and both metrics',
      datasets: all,
      statement: { kind: 'peaks', methods: ['bsl', 'bsl-eq18'] },
    },
  ],
  departures: [
    { text: 'L2 and learning rate are those of Table II at every ratio; the ratios are ours but for 2.' },
    ...commonDepartures,
  ],
};
