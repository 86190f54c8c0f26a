import type { Claim } from '../claims/statement.ts';
import type { Experiment } from '../experiment.ts';
import { bpr, itemKnn, itemPop, nbpo, shiftMc, wbpr } from './methods.ts';
import { amazon, both, commonDepartures, datasets, f1, f1AndNdcg, movielens } from './shared.ts';

const learners = ['bpr', 'wbpr', 'shift-mc', 'nbpo'];
const f1Names = f1.map(({ name }) => name);
const peaks = '"in Figure 2(a), all learning models peak at k = 5 while ItemKNN peaks at k = 10."';

const claims: readonly Claim[] = [
  {
    text: '"the dataset with higher sparsity shows lower performances."',
    source: '§5.2, Fig. 2',
    reading: 'every method on MovieLens above itself on Amazon, at every k in both metrics',
    datasets: [movielens],
    statement: { kind: 'above on', methods: ['itempop', 'itemknn', ...learners], dataset: amazon },
  },
  {
    text: '"all personalized methods outperform ItemPop dramatically."',
    source: '§5.2, Fig. 2',
    reading: 'ItemKNN, BPR, WBPR, ShiftMC and NBPO more than 20 % above ItemPop at every k in both metrics',
    datasets: both,
    statement: { kind: 'beats', better: ['itemknn', ...learners], worse: ['itempop'], by: 0.2 },
  },
  {
    text: '"Compared with ItemKNN, model-based CF models, i.e., BPR, WBPR, ShiftMC, NBPO explore high-order collaborative information, thus gain further enhancement in most cases."',
    source: '§5.2, Fig. 2',
    reading: 'of the four at every k in both metrics, more than half above ItemKNN',
    datasets: both,
    statement: { kind: 'beats', better: learners, worse: ['itemknn'] },
    inMost: true,
  },
  {
    text: peaks,
    source: '§5.2, Fig. 2a',
    reading: 'F1 of BPR, WBPR, ShiftMC and NBPO greatest at k = 5',
    datasets: [amazon],
    metrics: f1Names,
    statement: { kind: 'best metric', methods: learners, metric: 'f1@5' },
  },
  {
    text: peaks,
    source: '§5.2, Fig. 2a',
    reading: 'F1 of ItemKNN greatest at k = 10',
    datasets: [amazon],
    metrics: f1Names,
    statement: { kind: 'best metric', methods: ['itemknn'], metric: 'f1@10' },
  },
  {
    text: '"the gaps among these learning models reduces with the increasing of k"',
    source: '§5.2, Fig. 2a',
    reading:
      'from the best to the worst of BPR, WBPR, ShiftMC and NBPO it is a smaller share of the best in F1@20 than in F1@2',
    datasets: [amazon],
    statement: { kind: 'gaps close', methods: learners, metrics: ['f1@2', 'f1@20'] },
  },
  {
    text: '"By finding credible negative samples, WBPR gains better performance than BPR."',
    source: '§5.2, Fig. 2',
    reading: 'WBPR above BPR at every k in both metrics',
    datasets: both,
    statement: { kind: 'beats', better: ['wbpr'], worse: ['bpr'] },
  },
  {
    text: '"the enhancement is very limited: WBPR outperforms BPR 3.75% for the best case on F1-score and 4.05% on NDCG."',
    source: '§5.2, Fig. 2',
    reading: 'the two nowhere more than 5 % apart',
    datasets: both,
    statement: { kind: 'equals', one: 'wbpr', other: 'bpr', within: 0.05 },
  },
  {
    text: '"ShitfMC performs the best in baselines: it outperforms BPR by 6.26% on F1-score and 4.66% on NDCG for the best case."',
    source: '§5.2, Fig. 2',
    reading: 'ShiftMC above ItemPop, ItemKNN, BPR and WBPR at every k in both metrics',
    datasets: both,
    statement: { kind: 'beats', better: ['shift-mc'], worse: ['itempop', 'itemknn', 'bpr', 'wbpr'] },
  },
  {
    text: '"the improvement of NBPO is significant: it outperforms ShitfMC 7.28% and 6.79% on F1-score and NDCG respectively for the best case."',
    source: '§5.2, Fig. 2',
    reading: 'NBPO above ShiftMC at every k in both metrics',
    datasets: both,
    statement: { kind: 'beats', better: ['nbpo'], worse: ['shift-mc'] },
  },
  {
    text: '"our model can improve the sampling quality and outperforms state-of-the-art models significantly."',
    source: '§6, of Fig. 2',
    reading: 'NBPO above ItemPop, ItemKNN, BPR, WBPR and ShiftMC at every k in both metrics',
    datasets: both,
    statement: { kind: 'beats', better: ['nbpo'], worse: ['itempop', 'itemknn', 'bpr', 'wbpr', 'shift-mc'] },
  },
];

/** Figure 2 of NBPO: all methods, F1 and NDCG over k. */
export const figure2: Experiment = {
  id: 'figure:2',
  title: 'Figure 2, recommendation performance',
  metrics: f1AndNdcg,
  eachMetricAtItsBest: true,
  datasets: datasets({ [amazon]: '10', [movielens]: '45' }),
  methods: [itemPop, itemKnn, bpr, wbpr, shiftMc, nbpo],
  reference: 'nbpo',
  view: { kind: 'cut-offs' },
  claims,
  departures: commonDepartures,
};
