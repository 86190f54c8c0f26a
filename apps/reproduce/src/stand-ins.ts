import type { ExperimentDataset, Limits } from './experiment.ts';

/** Small enough that every experiment of every paper ends in minutes, and none of it is any paper's data. */
const size = { users: 300, items: 500, interactionsPerUser: 40 };

/** What an experiment runs on in budget smoke where no data set is asked for. */
export function smokeData(smoke: Limits, generate: Readonly<Record<string, number>> = {}): ExperimentDataset {
  return { name: 'generated', data: { generate: { ...size, ...generate } }, limits: { smoke } };
}
