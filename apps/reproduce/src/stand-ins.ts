import type { ExperimentDataset, Limits } from './experiment.ts';

/** Small enough that every experiment of every paper ends in minutes, and none of it is any paper's data. */
const size = { users: 300, items: 500, interactionsPerUser: 40 };

/** Not BSL's nor the debiased losses': it stands in at budget quick, since its trainings take seconds and their curves end. */
export const standIn = 'ml-100k';

/** The stand-in, with what all methods may take on it. */
export function standInData(smoke: Limits, minutes: string): ExperimentDataset {
  return { name: standIn, limits: { smoke, quick: { epochs: 100, patience: 5, evaluateEvery: 1, minutes } } };
}

/** What an experiment runs on in budget smoke where no data set is asked for. */
export function smokeData(smoke: Limits, generate: Readonly<Record<string, number>> = {}): ExperimentDataset {
  return { name: 'generated', data: { generate: { ...size, ...generate } }, limits: { smoke } };
}
