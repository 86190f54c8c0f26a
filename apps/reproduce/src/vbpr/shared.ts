import type { Departure, ExperimentDataset, ExperimentMetric, Limits } from '../experiment.ts';
import { smokeData } from '../stand-ins.ts';

export const recallAndNdcg: readonly ExperimentMetric[] = [
  { name: 'recall@20', column: 'Recall@20' },
  { name: 'ndcg@20', column: 'NDCG@20' },
];

const columns = { 'ml-100k-vbpr': 'MovieLens100K', 'ml-1m-vbpr': 'MovieLens1M' } as const;
type Name = keyof typeof columns;

const smoke: Limits = { epochs: 2, patience: 2, evaluateEvery: 1, minutes: 'under 1' };

/** The authors' splits with the limits of an experiment: in full a hundred epochs, evaluated twenty times. */
export function datasets(minutes: Readonly<Partial<Record<Name, string>>>): ExperimentDataset[] {
  const paper = (Object.keys(minutes) as Name[]).map(
    (name): ExperimentDataset => ({
      name,
      column: columns[name],
      limits: {
        smoke,
        quick: { epochs: 40, patience: 10, evaluateEvery: 5, minutes: 'half of full' },
        full: { epochs: 100, patience: null, evaluateEvery: 5, minutes: minutes[name]! },
      },
    }),
  );
  return [smokeData(smoke), ...paper];
}

export const commonDepartures: readonly Departure[] = [
  {
    text: 'Gowalla and Yelp2018 are left out: the authors’ splits of them are not among the data sets at hand.',
  },
  {
    text: 'Eq. 21 divides the hits by k; the authors’ code, and we, by the number of test items.',
  },
  {
    protocols: ['paper'],
    text: 'Protocol paper: like the authors’ code, each metric is the best of twenty evaluations on the test part, so that different metrics may be of different epochs.',
  },
  {
    protocols: ['clean'],
    text: 'Protocol clean: 10 % of each user’s training items are a validation part, which chooses one epoch for all metrics. Models train on less than the paper’s.',
  },
  { budgets: ['quick'], text: 'Budget quick: at most 40 epochs, with patience; the authors’ settings otherwise.' },
  {
    budgets: ['smoke'],
    text: 'Budget smoke: two epochs. It shows that everything works, and decides nothing.',
  },
];

export const all = ['ml-100k-vbpr', 'ml-1m-vbpr'];
