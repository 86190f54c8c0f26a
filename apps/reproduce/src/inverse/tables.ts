import type { Experiment } from '../experiment.ts';
import { backbones, method } from './methods.ts';
import { commonDepartures, datasets, metrics, paperData, plays, reported, standIn, textRule } from './shared.ts';

const rows1 = ['None', 'NS', 'T-CE', 'R-CE', 'IDL', 'IG'] as const;
const rows2 = ['None', 'NS', 'DNS', 'SRNS', 'IDL', 'IG'] as const;
const onMovieLens = [paperData, textRule];
const onAll = [...onMovieLens, standIn, plays];

/** IG is paired with the other rows of its backbone. */
const referenceOf = (rows: readonly Parameters<typeof method>[1][]): Experiment['reference'] =>
  Object.fromEntries(
    backbones.map((backbone) => {
      const others = rows.filter((row) => row !== 'IG').map((row) => method(backbone, row).id);
      return [method(backbone, 'IG').id, others];
    }),
  );

/** Table 1 of Inverse Learning: overall performance. */
export const table1: Experiment = {
  id: 'table:1',
  title: 'Table 1, overall performance',
  metrics,
  datasets: datasets({ [paperData]: '15', [textRule]: '12', [standIn]: '10', [plays]: '10' }),
  methods: backbones.flatMap((backbone) => rows1.map((row) => method(backbone, row))),
  reference: referenceOf(rows1),
  view: { kind: 'table', table: '1' },
  claims: [
    ...backbones.map((backbone) => ({
      text: '"Our inverse gradient (IG) method achieves the best performance."',
      source: `§4.2, Table 1, ${backbone}`,
      reading: `with ${backbone}, IG above None, NS, T-CE, R-CE and IDL in NDCG, AUC and GAUC`,
      datasets: onAll,
      metrics: reported,
      statement: {
        kind: 'beats' as const,
        better: [method(backbone, 'IG').id],
        worse: rows1.filter((row) => row !== 'IG').map((row) => method(backbone, row).id),
      },
    })),
    {
      text: '"Our IG improves the backbone sharply."',
      source: '§4.2, Table 1, GMF on ML1M',
      reading: 'gains of 2.54 % in NDCG, 8.43 % in AUC and 10.45 % in GAUC on None, give or take two points',
      datasets: onMovieLens,
      metrics: reported,
      statement: {
        kind: 'gains',
        better: 'gmf-ig',
        worse: 'gmf-none',
        gains: { 'labelled-ndcg@10': 0.0254, auc: 0.0843, gauc: 0.1045 },
        tolerance: 0.02,
      },
    },
    {
      text: '"IDL only outperforms the NeuMF on ML1M dataset for AUC and GAUC."',
      source: '§4.2, Table 1',
      reading: 'with NeuMF, IDL above None in AUC and GAUC',
      datasets: onMovieLens,
      metrics: ['auc', 'gauc'],
      statement: { kind: 'beats', better: ['neumf-idl'], worse: ['neumf-none'] },
    },
    {
      text: 'IDL "is even outperformed by GMF on ML1M".',
      source: '§4.2, Table 1',
      reading: 'with GMF, None above IDL in NDCG, AUC and GAUC',
      datasets: onMovieLens,
      metrics: reported,
      statement: { kind: 'beats', better: ['gmf-none'], worse: ['gmf-idl'] },
    },
    {
      text: 'NeuMF with IG "is even better than GMF with IG".',
      source: '§4.2',
      reading: 'NeuMF + IG above GMF + IG in NDCG, AUC and GAUC',
      datasets: onAll,
      metrics: reported,
      statement: { kind: 'beats', better: ['neumf-ig'], worse: ['gmf-ig'] },
    },
  ],
  departures: commonDepartures,
};

/** Table 2 of Inverse Learning: hard negatives. */
export const table2: Experiment = {
  id: 'table:2',
  title: 'Table 2, hard negative sampling',
  metrics,
  datasets: datasets({ [paperData]: '20', [textRule]: '15', [standIn]: '15', [plays]: '15' }),
  methods: backbones.flatMap((backbone) => rows2.map((row) => method(backbone, row))),
  reference: referenceOf(rows2),
  view: { kind: 'table', table: '2' },
  claims: backbones.map((backbone) => ({
    text: '"Hard negative sampling methods are even outperformed by the negative sampling and pure method without sampling."',
    source: `A.3, Table 2, ${backbone}`,
    reading: `with ${backbone}, None and NS above DNS and SRNS in NDCG, AUC and GAUC`,
    datasets: onAll,
    metrics: reported,
    statement: {
      kind: 'beats',
      better: [method(backbone, 'None').id, method(backbone, 'NS').id],
      worse: [method(backbone, 'DNS').id, method(backbone, 'SRNS').id],
    },
  })),
  departures: commonDepartures,
};
