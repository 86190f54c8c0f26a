import { useEngine } from '@losslab/backend';
import type { Loss, StepModel } from '@losslab/core';
import { generateByPopularity } from '@losslab/data';
import { nbpo } from '@losslab/loss-nbpo';
import { mf } from '@losslab/models';
import { samplers } from '@losslab/samplers';
import { type Plugins, prepare } from '@losslab/trainer';
import { batchesAhead } from '../batches.ts';
import { inProcess } from '../contender.ts';
import { kernelTimes } from '../kernel-times.ts';
import { torchPeer } from '../peer.ts';
import type { Case } from './case.ts';

interface Sizes {
  readonly users: number;
  readonly items: number;
  readonly interactions: number;
  readonly batch: number;
  readonly negatives: number;
  readonly dimension: number; // K
  readonly noise: number; // L
}

const regime = { batch: 5000, negatives: 3 };
const amazon: Sizes = { users: 1435, items: 1522, interactions: 31_887, ...regime, dimension: 50, noise: 10 };
const movielens: Sizes = { users: 6022, items: 3043, interactions: 796_123, ...regime, dimension: 200, noise: 500 };

/**
 * The whole of NBPO's training but its evaluation: model and noise model, sampler, loss, SGD with decay of whole matrices; users one
 * after the other, as in the authors' regime.
 */
function training(sizes: Sizes) {
  const { users, items, interactions, batch: batchSize, negatives, dimension, noise: L } = sizes;
  const dataset = generateByPopularity({ users, items, interactionsPerUser: interactions / users, testEvery: 1000 });
  const parts = prepare({
    config: {
      model: { name: 'mf', dimension, initialiser: 'uniform' },
      loss: { name: 'nbpo', L, lambda: 1e-3 },
      optimizer: { name: 'sgd', learningRate: 0.05, weightDecay: 1e-4 },
      sampler: { name: 'uniform', order: 'sequential' },
      batchSize,
      negatives,
    },
    dataset,
    plugins: { losses: { nbpo }, models: { mf }, samplers, metrics: {} } as unknown as Plugins,
  });
  const { sampler, parameters, optimizer, auxiliary } = parts;
  const [model, gamma, loss] = [parts.model as StepModel, auxiliary!.gamma!, parts.loss as Loss];
  const batches = batchesAhead(sampler!);
  const context = { training: true, seed: 1 };
  const step = (): void => {
    const batch = batches.next();
    const scores = () => ({ ...model.score(batch, context), auxiliary: { gamma: gamma.score(batch, context) } });
    optimizer!.apply(parameters!.gradient(() => loss.compute(scores(), batch)).gradients);
  };
  return {
    epoch() {
      for (let k = 0; k < sampler!.steps; k++) step();
    },
    dispose() {
      batches.dispose();
      parts.dispose();
    },
  };
}

/** An epoch of NBPO with the paper's settings for one of its data sets, whose sizes the generated data has. */
function nbpoEpochOf(name: string, sizes: Sizes, rounds: number, turn: number): Case {
  const { users, items, interactions, dimension, noise } = sizes;
  const rows = `${numeral(interactions)} interactions of ${numeral(users)} users and ${numeral(items)} items`;
  let own: ReturnType<typeof training>;
  return {
    name,
    title: `an epoch of NBPO, MF, B 5,000 in the order of users, ρ 3, K ${dimension}, L ${noise}, ${rows}`,
    rounds,
    turn,
    budgets: [{ peer: 'PyTorch', most: 1 / 20 }],
    async contenders() {
      const { threads } = await useEngine('simd');
      own = training(sizes);
      return [inProcess(`losslab, ${threads} threads`, () => own.epoch()), await torchPeer('nbpo', { ...sizes })];
    },
    profile: () => kernelTimes(() => own.epoch(), rounds),
    close: () => own.dispose(),
  };
}

const numeral = (count: number): string => count.toLocaleString('en');

export const nbpoEpoch = (): Case => nbpoEpochOf('nbpo-epoch', amazon, 15, 5);
export const nbpoEpochMovieLens = (): Case => nbpoEpochOf('nbpo-epoch-1m', movielens, 3, 1);
