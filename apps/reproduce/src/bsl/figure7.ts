import type { Experiment } from '../experiment.ts';
import { lightGcnMethods } from './lightgcn.ts';
import { all, commonDepartures, datasets, pick } from './shared.ts';

const shown = ['ndcg@5', 'ndcg@10', 'ndcg@15'] as const;
const onLightGcn = lightGcnMethods.filter(({ id }) => ['lgn-bpr', 'lgn-sl', 'lgn-bsl'].includes(id));

/** Figure 7 of BSL: shorter lists. */
export const figure7: Experiment = {
  id: 'figure:7',
  title: 'Figure 7, NDCG of shorter lists',
  metrics: [{ name: 'recall@20' }, ...shown.map((name) => ({ name }))],
  datasets: datasets({ epochs: 12, minutes: { 'ml-100k': '10', 'ml-1m-bsl': '60', gowalla: '120', yelp2018: '240' } }),
  methods: [...pick('bpr', 'sl', 'bsl'), ...onLightGcn],
  reference: 'bsl',
  view: { kind: 'metrics', of: shown, title: 'NDCG' },
  claims: [
    {
      text: '"Across the metrics of NDCG@5, NDCG@10, and NDCG@15, the integration of BSL consistently enhances model performance": MF.',
      source: '§V-B, Fig. 7',
      reading: 'on MF BSL above BPR and SL in the three',
      datasets: all,
      metrics: shown,
      statement: { kind: 'beats', better: ['bsl'], worse: ['bpr', 'sl'] },
    },
    {
      text: 'The same: LightGCN.',
      source: '§V-B, Fig. 7',
      reading: 'on LightGCN BSL above BPR and SL in the three',
      datasets: all,
      metrics: shown,
      statement: { kind: 'beats', better: ['lgn-bsl'], worse: ['lgn-bpr', 'lgn-sl'] },
    },
  ],
  departures: [
    {
      text: 'SimSGL and NCL are not implemented: that MF and LightGCN with BSL surpass them is not tested. Settings are those of Table II.',
    },
    ...commonDepartures,
  ],
};
