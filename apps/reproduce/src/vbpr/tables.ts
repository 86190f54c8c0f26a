import type { Experiment } from '../experiment.ts';
import type { PublishedPlace } from '../view.ts';
import { bpr, dcl, infoNce, lightGcnBpr, lightGcnVbpr, vbpr } from './methods.ts';
import { all, commonDepartures, datasets, recallAndNdcg } from './shared.ts';

/** Table 1 of Variational BPR: the rows whose losses exist here. */
export const table1: Experiment = {
  id: 'table:1',
  title: 'Table 1, losses on matrix factorisation',
  metrics: recallAndNdcg,
  eachMetricAtItsBest: true,
  datasets: datasets({ 'ml-100k-vbpr': '10', 'ml-1m-vbpr': '90' }),
  methods: [bpr, infoNce, dcl, vbpr],
  reference: 'vbpr',
  view: { kind: 'table', table: '1' },
  claims: [
    {
      text: '"Our method achieves the best performance."',
      source: '§5.2.1, Table 1',
      reading: 'VBPR above BPR, InfoNCE and DCL in both metrics',
      datasets: all,
      statement: { kind: 'beats', better: ['vbpr'], worse: ['bpr', 'info-nce', 'dcl'] },
    },
    {
      text: '"Almost all methods outperform naive BPR."',
      source: '§5.2.1',
      reading: 'InfoNCE and DCL above BPR in both metrics',
      datasets: all,
      statement: { kind: 'beats', better: ['info-nce', 'dcl'], worse: ['bpr'] },
    },
  ],
  departures: [
    { text: 'Of fourteen rows the four whose losses exist here are run: BPR, InfoNCE, DCL and Variational BPR.' },
    ...commonDepartures,
  ],
};

const backbones: Readonly<Record<string, readonly [row: string, column: string]>> = {
  bpr: ['BPR', 'MF'],
  vbpr: ['Varitional-BPR', 'MF'],
  'lgn-bpr': ['BPR', 'LightGCN'],
  'lgn-vbpr': ['Varitional-BPR', 'LightGCN'],
};
const names: Readonly<Record<string, string>> = { 'ml-100k-vbpr': 'MovieLens100K', 'ml-1m-vbpr': 'MovieLens1M' };

function place({ dataset, method, metric }: PublishedPlace) {
  const [name, of] = [names[dataset], backbones[method]];
  const column = recallAndNdcg.find((m) => m.name === metric)!.column;
  if (name === undefined || of === undefined) return undefined;
  return { row: `${name} ${of[0]}`, column: `${of[1]} ${column}` };
}

/** Table 2 of Variational BPR: the backbones that exist here. */
export const table2: Experiment = {
  id: 'table:2',
  title: 'Table 2, backbones',
  metrics: recallAndNdcg,
  eachMetricAtItsBest: true,
  datasets: datasets({ 'ml-100k-vbpr': '15', 'ml-1m-vbpr': '180' }),
  methods: [bpr, vbpr, lightGcnBpr, lightGcnVbpr],
  reference: { vbpr: ['bpr'], 'lgn-vbpr': ['lgn-bpr'] },
  view: { kind: 'table', table: '2', place },
  claims: [
    {
      text: 'On MovieLens100K Variational BPR improves on BPR by 5.05 % and 5.78 %.',
      source: 'Table 2, MF',
      reading: 'gains of 5.05 % in Recall@20 and 5.78 % in NDCG@20, give or take two points',
      datasets: ['ml-100k-vbpr'],
      statement: {
        kind: 'gains',
        better: 'vbpr',
        worse: 'bpr',
        gains: { 'recall@20': 0.0505, 'ndcg@20': 0.0578 },
        tolerance: 0.02,
      },
    },
    {
      text: 'On MovieLens1M Variational BPR improves on BPR by 7.26 % and 6.14 %.',
      source: 'Table 2, MF',
      reading: 'gains of 7.26 % in Recall@20 and 6.14 % in NDCG@20, give or take two points',
      datasets: ['ml-1m-vbpr'],
      statement: {
        kind: 'gains',
        better: 'vbpr',
        worse: 'bpr',
        gains: { 'recall@20': 0.0726, 'ndcg@20': 0.0614 },
        tolerance: 0.02,
      },
    },
    {
      text: 'On MovieLens100K Variational BPR improves on BPR by 6.93 % and 6.08 %.',
      source: 'Table 2, LightGCN',
      reading: 'gains of 6.93 % in Recall@20 and 6.08 % in NDCG@20, give or take two points',
      datasets: ['ml-100k-vbpr'],
      statement: {
        kind: 'gains',
        better: 'lgn-vbpr',
        worse: 'lgn-bpr',
        gains: { 'recall@20': 0.0693, 'ndcg@20': 0.0608 },
        tolerance: 0.02,
      },
    },
    {
      text: 'On MovieLens1M Variational BPR improves on BPR by 10.87 % and 6.00 %.',
      source: 'Table 2, LightGCN',
      reading: 'gains of 10.87 % in Recall@20 and 6.00 % in NDCG@20, give or take two points',
      datasets: ['ml-1m-vbpr'],
      statement: {
        kind: 'gains',
        better: 'lgn-vbpr',
        worse: 'lgn-bpr',
        gains: { 'recall@20': 0.1087, 'ndcg@20': 0.06 },
        tolerance: 0.02,
      },
    },
    {
      text: '"Variational BPR is suitable for various backbone encoders."',
      source: '§5.2.2',
      reading: 'with LightGCN, too, VBPR above BPR in both metrics',
      datasets: all,
      statement: { kind: 'beats', better: ['lgn-vbpr'], worse: ['lgn-bpr'] },
    },
  ],
  departures: [{ text: 'XSimGCL is left out: it is not implemented.' }, ...commonDepartures],
};
