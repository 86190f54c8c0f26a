import type { Departure, ExperimentDataset, ExperimentMetric, Limits } from '../experiment.ts';
import { smokeData } from '../stand-ins.ts';

export const amazon = 'amazon-electronics-14core';
export const movielens = 'ml-1m-ratings';
export const both = [amazon, movielens];

const cutOffs = [2, 5, 10, 20];
const at = (name: 'f1' | 'ndcg', title: string): ExperimentMetric[] =>
  cutOffs.map((k) => ({ name: `${name}@${k}`, column: `${title}@${k}` }));

/** Of Figures 2, 6 and 9; F1@2 chooses the epoch, as it chose the models. */
export const f1AndNdcg = [...at('f1', 'F1'), ...at('ndcg', 'NDCG')];
export const f1 = at('f1', 'F1');
/** Of the sensitivity figures. */
export const f1At2 = f1.slice(0, 1);

const smoke: Limits = { epochs: 2, patience: 2, evaluateEvery: 1, minutes: 'under 1' };
const columns: Readonly<Record<string, string>> = { [amazon]: 'Amazon', [movielens]: 'Movielens' };

/** The paper's data sets; in full 200 epochs, of which the best counts. */
export function datasets(minutes: Readonly<Record<string, string>>): ExperimentDataset[] {
  const paper = Object.keys(minutes).map(
    (name): ExperimentDataset => ({
      name,
      column: columns[name]!,
      limits: {
        ...(name === amazon && { smoke }),
        quick: { epochs: 200, patience: 50, evaluateEvery: 5, minutes: 'half of full' },
        full: { epochs: 200, patience: null, evaluateEvery: 1, minutes: minutes[name]! },
      },
    }),
  );
  return [smokeData(smoke), ...paper];
}

export const commonDepartures: readonly Departure[] = [
  {
    text: 'The paper averages ten runs (--seeds 1,2,3,4,5,6,7,8,9,10). Their sheet has a standard deviation of 1.6 % of F1@2: one run cannot tell neighbours apart.',
  },
  {
    text: 'MovieLens 1M is read as 20-core, as in the authors’ script, and split 80/10/10 by a seed of ours: their split is not public. Amazon is their own split.',
  },
  {
    text: 'There is no code for WBPR, ShiftMC, ItemPop and ItemKNN. ShiftMC is taken to be Hsieh et al.’s, with the squared error and a flip rate of 0.5; ItemKNN has 100 neighbours of greatest cosine.',
  },
  {
    text: 'A training whose matrices diverge (|Σ| ≥ 1e10) is a failure here; the authors’ code stops it and keeps its best epoch.',
  },
  {
    protocols: ['clean'],
    text: 'Protocol clean: F1@2 on the validation part chooses one epoch for all metrics. As in the authors’ code, validation items are candidates at test.',
  },
  {
    protocols: ['paper'],
    text: 'Protocol paper: each metric is the best of all epochs on the test part, as the authors’ tool reports it.',
  },
  { budgets: ['quick'], text: 'Budget quick: an evaluation every five epochs, and patience.' },
  { budgets: ['smoke'], text: 'Budget smoke: two epochs. It shows that everything works, and decides nothing.' },
];

/** For figures that vary what the paper tuned. */
export const othersAreFixed: readonly Departure[] = [
  { text: 'What the figure does not vary stays at the paper’s best values.' },
  { text: 'The figures show the validation set; here validation chooses the epoch and the test part is shown.' },
  ...commonDepartures,
];
