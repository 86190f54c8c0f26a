import type { Claim } from '../claims/statement.ts';
import { ofFigure1 } from './figure1.ts';
import { backbones, methodId as id, type Row } from './methods.ts';
import { onAll, onMovieLens, onStandIns, reported } from './shared.ts';

/** A row with each backbone. */
const both = (row: Row): string[] => backbones.map((backbone) => id(backbone, row));

/** IG above these rows with the same backbone. */
const igAbove = (worse: readonly Row[], text: string, source: string, inWords = worse.join(' and ')): Claim[] =>
  backbones.map((backbone) => ({
    text,
    source: `${source}, ${backbone}`,
    reading: `with ${backbone}, IG above ${inWords} in NDCG, AUC and GAUC`,
    datasets: onAll,
    metrics: reported,
    statement: { kind: 'beats', better: [id(backbone, 'IG')], worse: worse.map((row) => id(backbone, row)) },
  }));

/** What Table 1 prints of IG over None on ML1M. */
const sharpGains = {
  GMF: { 'labelled-ndcg@10': 0.0254, auc: 0.0843, gauc: 0.1045 },
  NeuMF: { 'labelled-ndcg@10': 0.0255, auc: 0.0969, gauc: 0.104 },
};

const improvesSharply = backbones.map((backbone): Claim => {
  const gains = sharpGains[backbone];
  const [ndcg, auc, gauc] = Object.values(gains).map((gain) => (100 * gain).toFixed(2));
  return {
    text: '"our IG improves the backbone sharply"',
    source: `§4.2, Table 1, ${backbone} on ML1M`,
    reading: `gains of ${ndcg} % in NDCG, ${auc} % in AUC and ${gauc} % in GAUC on None, give or take two points`,
    datasets: onMovieLens,
    metrics: reported,
    statement: { kind: 'gains', better: id(backbone, 'IG'), worse: id(backbone, 'None'), gains, tolerance: 0.02 },
  };
});

const ofIg: readonly Claim[] = [
  ...igAbove(
    ['None', 'NS', 'T-CE', 'R-CE', 'IDL'],
    '"Our inverse gradient (IG) method achieves the best performance compared with four baselines and our inverse dual loss (IDL) for three metrics."',
    '§4.2, Table 1',
    'None, NS, T-CE, R-CE and IDL',
  ),
  ...improvesSharply,
  ...igAbove(['NS'], '"IG outperforms the existing negative sampling (NS) method"', '§4.2, Table 1'),
  ...igAbove(
    ['T-CE', 'R-CE'],
    '"IG also outperforms existing state-of-art denoising methods, T-CE and R-CE"',
    '§4.2, Table 1',
  ),
  ...igAbove(['IDL'], '"inverse gradient can truly improve the inverse dual loss."', '§1, of Table 1'),
  {
    text: '"the proposed inverse learning framework is model-agnostic and can improve a variety of recommendation backbones."',
    source: 'abstract, of Table 1',
    reading: 'IG above None with GMF and with NeuMF, in NDCG, AUC and GAUC',
    datasets: onAll,
    metrics: reported,
    statement: { kind: 'beats', better: both('IG'), worse: both('None'), paired: true },
  },
];

const ofIdl: readonly Claim[] = [
  {
    text: '"Inverse dual loss (IDL) only outperforms the NeuMF on ML1M dataset for AUC and GAUC"',
    source: '§4.2, Table 1',
    reading: 'with NeuMF, IDL above None in AUC and GAUC',
    datasets: onMovieLens,
    metrics: ['auc', 'gauc'],
    statement: { kind: 'beats', better: ['neumf-idl'], worse: ['neumf-none'] },
  },
  {
    text: '"Inverse dual loss (IDL) only outperforms the NeuMF on ML1M dataset for AUC and GAUC"',
    source: '§4.2, Table 1',
    reading: 'only there: on the stand-ins None above IDL with GMF too, in NDCG, AUC and GAUC',
    datasets: onStandIns,
    metrics: reported,
    statement: { kind: 'beats', better: ['gmf-none'], worse: ['gmf-idl'] },
  },
  {
    text: '"it is even outperformed by GMF on ML1M and NeuMF on Micro Video"',
    source: '§4.2, Table 1',
    reading: 'with GMF on MovieLens, None above IDL in NDCG, AUC and GAUC',
    datasets: onMovieLens,
    metrics: reported,
    statement: { kind: 'beats', better: ['gmf-none'], worse: ['gmf-idl'] },
  },
  {
    text: '"it is even outperformed by GMF on ML1M and NeuMF on Micro Video"',
    source: '§4.2, Table 1',
    reading: 'with NeuMF on the stand-ins, None above IDL in NDCG, AUC and GAUC',
    datasets: onStandIns,
    metrics: reported,
    statement: { kind: 'beats', better: ['neumf-none'], worse: ['neumf-idl'] },
  },
];

const ofBackbones: readonly Claim[] = [
  {
    text: '"apart from IDL and IG, GMF is better than NeuMF in general."',
    source: '§4.2, Table 1',
    reading: 'of None, NS, T-CE and R-CE in NDCG, AUC and GAUC, more than half higher with GMF than with NeuMF',
    datasets: onAll,
    metrics: reported,
    statement: {
      kind: 'beats',
      better: ['gmf-none', 'gmf-ns', 'gmf-t-ce', 'gmf-r-ce'],
      worse: ['neumf-none', 'neumf-ns', 'neumf-t-ce', 'neumf-r-ce'],
      paired: true,
    },
    inMost: true,
  },
  {
    text: '"NeuMF with IG can significantly improve the performance, which is even better than GMF with IG."',
    source: '§4.2, Table 1',
    reading: 'NeuMF + IG above GMF + IG in NDCG, AUC and GAUC',
    datasets: onAll,
    metrics: reported,
    statement: { kind: 'beats', better: ['neumf-ig'], worse: ['gmf-ig'] },
  },
  {
    text: '"the results of IG in overall performance where these two methods have competitive performance."',
    source: '§4.3, of Table 1',
    reading: 'GMF + IG within 5 % of NeuMF + IG in NDCG, AUC and GAUC',
    datasets: onAll,
    metrics: reported,
    statement: { kind: 'equals', one: 'gmf-ig', other: 'neumf-ig', within: 0.05 },
  },
  {
    text: '"directly treating them all as negative feedback will confuse the model."',
    source: '§4.2, Table 1',
    reading: 'None above NS in NDCG, AUC and GAUC, with GMF and with NeuMF',
    datasets: onAll,
    metrics: reported,
    statement: { kind: 'beats', better: both('None'), worse: both('NS'), paired: true },
  },
];

/** Of Figure 1 what Table 1 has beyond it: the other backbone. */
export const ofTable1: readonly Claim[] = [...ofIg, ...ofIdl, ...ofBackbones, ...ofFigure1('NeuMF')];

export const ofTable2: readonly Claim[] = [
  ...backbones.map(
    (backbone): Claim => ({
      text: '"hard negative sampling methods are even outperformed by the negative sampling and pure method without sampling"',
      source: `A.3, Table 2, ${backbone}`,
      reading: `with ${backbone}, None and NS above DNS and SRNS in NDCG, AUC and GAUC`,
      datasets: onAll,
      metrics: reported,
      statement: {
        kind: 'beats',
        better: [id(backbone, 'None'), id(backbone, 'NS')],
        worse: [id(backbone, 'DNS'), id(backbone, 'SRNS')],
      },
    }),
  ),
  ...igAbove(
    ['DNS', 'SRNS'],
    '"the hard negative sampling methods truly perform worse in our setting where both ground-truth positive and negative samples are tested."',
    'A.3, Table 2',
  ),
];
