import type { Departure, ExperimentDataset, ExperimentMetric, Limits, Method } from '../experiment.ts';
import { smokeData, standIn, standInData } from '../stand-ins.ts';
import { methods } from './methods.ts';

/** What all experiments of the paper report. */
export const metrics: readonly ExperimentMetric[] = [
  { name: 'recall@20', column: 'Recall@20' },
  { name: 'ndcg@20', column: 'NDCG@20' },
];

const smoke: Limits = { epochs: 3, patience: 3, evaluateEvery: 1, minutes: 'under 1' };
const columns = { 'ml-1m-bsl': 'Movielens-1M', gowalla: 'Gowalla', yelp2018: 'Yelp2018' } as const;
type Name = keyof typeof columns | typeof standIn;

export const movieLens = [standIn, 'ml-1m-bsl'];
/** What the paper says of all its data sets is asked of these. */
export const all = [...movieLens, 'gowalla', 'yelp2018'];

interface QuickBudget {
  /** At most, in budget quick; the stand-in has a hundred. */
  readonly epochs: number | Readonly<Record<keyof typeof columns, number>>;
  /** Of budget quick: for these data sets, and no others. */
  readonly minutes: Readonly<Partial<Record<Name, string>>>;
}

/** The paper's data sets, and the one that stands in, with the limits of an experiment; full ones are the authors' for every experiment. */
export function datasets({ epochs, minutes }: QuickBudget): ExperimentDataset[] {
  const found = (Object.keys(minutes) as Name[]).map((name): ExperimentDataset => {
    if (name === standIn) return standInData(smoke, minutes[name]!);
    const most = typeof epochs === 'number' ? epochs : epochs[name];
    return {
      name,
      column: columns[name],
      limits: {
        smoke,
        quick: { epochs: most, patience: 4, evaluateEvery: name === 'ml-1m-bsl' ? 1 : 2, minutes: minutes[name]! },
        full: { epochs: 1000, patience: 50, evaluateEvery: 1, minutes: name === 'ml-1m-bsl' ? 'hours' : 'days' },
      },
    };
  });
  return [smokeData(smoke), ...found];
}

/** Methods by id, in that order. */
export function pick(...ids: readonly string[]): Method[] {
  return ids.map((id) => methods.find((method) => method.id === id)!);
}

/** Holds for every experiment that takes Table II's methods. */
export const commonDepartures: readonly Departure[] = [
  {
    text: 'Seeds and the order of batches are ours: the paper’s numbers are of one seed, as far as its code tells.',
  },
  {
    protocols: ['clean'],
    text: 'Protocol clean: the validation part chooses the epoch. Where there is none (Gowalla, Yelp2018) 10 % of each user’s training items become one, so that models train on less than the paper’s.',
  },
  {
    protocols: ['clean'],
    text: 'Protocol clean: at test, validation items are left out of the rankings as training items are; the paper ranks ML-1M’s validation items among the candidates.',
  },
  {
    budgets: ['quick'],
    text: 'Budget quick: fewer epochs and less patience, a larger learning rate, batches of 2,048 and fewer negatives than the paper’s, the same for every method; temperatures, weights and L2 of SL and BSL are the paper’s, though found for its number of negatives.',
  },
  {
    budgets: ['quick'],
    text: 'Budget quick: MovieLens 100K is not the paper’s. It stands in: its trainings take seconds and end by patience, and verdicts on it are about it alone.',
  },
  {
    budgets: ['smoke'],
    text: 'Budget smoke: three epochs on a data set that the paper does not have. It shows that everything works, and decides nothing.',
  },
];

/** For figures whose parameters the paper searched anew at every point. */
export const settingsAreFixed: readonly Departure[] = [
  {
    text: 'The paper searched every method’s parameters anew at each point of the axis; here they are those of Table II at every point.',
  },
  ...commonDepartures,
];
