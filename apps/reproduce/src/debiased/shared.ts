import type { Departure, ExperimentDataset, ExperimentMetric, Limits } from '../experiment.ts';
import { smokeData, standIn, standInData } from '../stand-ins.ts';

export const metrics: readonly ExperimentMetric[] = [
  { name: 'recall@20', column: 'Recall@20' },
  { name: 'ndcg@20', column: 'NDCG@20' },
];

const smoke: Limits = { epochs: 2, patience: 2, evaluateEvery: 1, minutes: 'under 1' };
const columns = { gowalla: 'Gowalla', yelp2018: 'Yelp2018' } as const;
type Name = keyof typeof columns | typeof standIn;

/** The data sets with the limits of an experiment; the paper stops when the learning rate is 1e-6. */
export function datasets(minutes: Readonly<Partial<Record<Name, string>>>): ExperimentDataset[] {
  const found = (Object.keys(minutes) as Name[]).map((name): ExperimentDataset => {
    if (name === standIn) return standInData(smoke, minutes[name]!);
    return {
      name,
      column: columns[name],
      limits: {
        smoke,
        quick: { epochs: 12, patience: 4, evaluateEvery: 2, minutes: minutes[name]! },
        full: { epochs: 1000, patience: 50, evaluateEvery: 1, minutes: 'days' },
      },
    };
  });
  return [smokeData(smoke), ...found];
}

export const commonDepartures: readonly Departure[] = [
  { text: 'Amazon-Books is left out: it is not among the data sets at hand.' },
  {
    text: 'The paper gives settings for MINE+ and debiased CCL alone, and no K or α of τ_u⁺: the table of settings says where each of the others comes from.',
  },
  {
    text: 'Training stops with patience on Recall@20; the paper’s stops when the learning rate, halved on a plateau, has come down to 1e-6.',
  },
  {
    protocols: ['clean'],
    text: 'Protocol clean: 10 % of each user’s training items are a validation part, which chooses the epoch. Models train on less than the paper’s.',
  },
  {
    budgets: ['quick'],
    text: 'Budget quick: a larger learning rate, batches of 8,192, 64 negatives and no more epochs than the budget has, the same for every method.',
  },
  {
    budgets: ['quick'],
    text: 'Budget quick: MovieLens 100K is not the paper’s. It stands in: its trainings take seconds and end by patience, and verdicts on it are about it alone. Settings are those of Gowalla with batches of 1,024, except where the section on tuning has others.',
  },
  {
    budgets: ['smoke'],
    text: 'Budget smoke: two epochs on a data set that the paper does not have. It shows that everything works, and decides nothing.',
  },
];

/** What the paper says of all its data sets is asked of these. */
export const all = [standIn, 'gowalla', 'yelp2018'];
