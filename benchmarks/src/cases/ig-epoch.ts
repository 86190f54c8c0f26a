import { useEngine } from '@losslab/backend';
import type { Dataset, LabelledPairs, TrainEvent } from '@losslab/core';
import { generateByPopularity } from '@losslab/data';
import { idl, ig } from '@losslab/loss-inverse';
import { metrics } from '@losslab/metrics';
import { mf } from '@losslab/models';
import { samplers } from '@losslab/samplers';
import { type Plugins, prepare, trainParts } from '@losslab/trainer';
import { torchPeer } from '../peer.ts';
import type { Case } from './case.ts';

const sizes = { users: 6040, items: 3706, interactions: 100_000, batch: 1024, negatives: 1, dimension: 32 };
const rounds = 5;

/** Generated interactions of as many users and items as MovieLens 1M, every sixth of them disliked. */
function dataset(): Dataset {
  const { users, items, interactions } = sizes;
  const made = generateByPopularity({ users, items, interactionsPerUser: interactions / users, testUsers: 100 });
  const { indptr, indices } = made.train;
  const rowUsers = new Int32Array(indices.length);
  for (let user = 0; user < users; user++) rowUsers.fill(user, indptr[user], indptr[user + 1]);
  const labels = Float32Array.from(indices, (_, at) => Number(at % 6 > 0));
  const pairs: LabelledPairs = { users: rowUsers, items: indices, labels };
  return { ...made, labelled: { train: pairs, test: pairs } };
}

/** Training epoch by epoch, without evaluation: seconds are those of its steps. */
function training() {
  const plugins = { losses: { idl }, models: { mf }, samplers, metrics, steps: { ig } } as unknown as Plugins;
  const { batch: batchSize, negatives, dimension } = sizes;
  const parts = prepare({
    config: {
      model: { name: 'mf', dimension },
      loss: 'idl',
      step: 'ig',
      optimizer: { name: 'adam', learningRate: 1e-3 },
      batchSize,
      negatives,
      epochs: 1000,
      evaluateEvery: 0,
      protocol: 'paper',
    },
    dataset: dataset(),
    plugins,
  });
  const events: AsyncIterator<TrainEvent> = trainParts(parts);
  return {
    async epoch(): Promise<number> {
      for (;;) {
        const { value } = await events.next();
        if (value.kind === 'epoch') return value.record.seconds * 1e3;
      }
    },
    dispose() {
      void events.return?.();
      parts.dispose();
    },
  };
}

/** An epoch of inverse gradient, Algorithm 1, with the paper's batch, dimension and shares. */
export function igEpoch(): Case {
  let own: ReturnType<typeof training>;
  return {
    name: 'ig-epoch',
    title: 'an epoch of IG with IDL, MF, B 1,024, D 32, 100,000 labelled pairs of 6,040 users and 3,706 items',
    rounds,
    budgets: [{ peer: 'PyTorch', most: 1 / 5 }],
    async contenders() {
      const { threads } = await useEngine('simd');
      own = training();
      const contender = { name: `losslab, ${threads} threads`, run: () => own.epoch(), close: () => {} };
      return [contender, await torchPeer('ig', sizes)];
    },
    close: () => own.dispose(),
  };
}
