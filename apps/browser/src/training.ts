import { engineInfo, useEngine } from '@losslab/backend';
import type { Dataset, Interactions, Model, TrainEvent } from '@losslab/core';
import { openDataset } from '@losslab/data';
import { kernels, loadKernels } from '@losslab/kernels';
import { bsl, sl } from '@losslab/loss-bsl';
import { bce, bpr } from '@losslab/loss-classic';
import { vbpr } from '@losslab/loss-vbpr';
import { metrics, rankAll } from '@losslab/metrics';
import { mf } from '@losslab/models';
import { samplers } from '@losslab/samplers';
import { type Plugins, prepare, trainParts } from '@losslab/trainer';
import type { LossName, Recommended, Told, Wish } from './messages.ts';

const plugins: Plugins = { losses: { bpr, bce, sl, bsl, vbpr }, models: { mf }, samplers, metrics };

const BATCH = 1024;
/** Losses that take as many negatives as one gives them. */
const isSoftmax = (loss: LossName): boolean => loss === 'sl' || loss === 'bsl';

/** Trains matrix factorisation as wished. The same lines run in a browser's worker and in Node. */
export async function* trainHere(wish: Wish, signal?: AbortSignal): AsyncGenerator<Told> {
  await loadKernels({ build: wish.build });
  await useEngine('simd', wish.threads === undefined ? {} : { threads: wish.threads });
  await kernels().engine.ready(); // threads would join as they come up; here one that cannot start is told
  const dataset = await openDataset(wish.file ?? 'generated', {
    protocol: 'clean',
    seed: wish.seed,
    generate: { users: 800, items: 1000, interactionsPerUser: 60, seed: wish.seed },
    ...(wish.minRating !== undefined && { minRating: wish.minRating }),
  });
  const config = {
    model: { name: 'mf', dimension: 64 },
    loss: wish.loss,
    ...(isSoftmax(wish.loss) && { negatives: 64 }),
    optimizer: { learningRate: 0.003 },
    batchSize: BATCH,
    epochs: wish.epochs,
    seed: wish.seed,
  };
  const parts = prepare({ config, dataset, plugins });
  try {
    for await (const event of trainParts({ ...parts, ...(signal && { signal }) })) {
      const told = tell(event, dataset, parts.model);
      if (told !== undefined) yield told;
    }
  } finally {
    parts.dispose();
  }
}

function tell(event: TrainEvent, dataset: Dataset, model: Model): Told | undefined {
  const { name, train } = dataset;
  if (event.kind === 'start') {
    const data = { name, users: train.userCount, items: train.itemCount, train: train.indices.length };
    return { kind: 'start', engine: engineInfo(), data, epochs: event.epochs, stopOn: event.stopOn };
  }
  if (event.kind === 'epoch') {
    const steps = Math.ceil(train.indices.length / BATCH);
    return { kind: 'epoch', record: event.record, millisecondsPerStep: (event.record.seconds * 1000) / steps };
  }
  if (event.kind === 'finish') {
    const { result } = event;
    const recommended = result.status === 'finished' ? recommend(model, dataset) : [];
    return { kind: 'finish', result, joined: kernels().engine.joined, recommended };
  }
  return event.kind === 'warning' ? event : undefined;
}

const [USERS, ITEMS] = [6, 5];

/** The best items that the first users do not have in training yet. */
function recommend(model: Model, { train, valid, test, ids }: Dataset): Recommended[] {
  const ranker = model.ranker();
  const users = Int32Array.from({ length: train.userCount }, (_, user) => user);
  const mask = valid === undefined ? [train] : [train, valid];
  const k = Math.min(ITEMS, train.itemCount);
  const rankings = rankAll({
    ranker,
    mask,
    test,
    k,
    users: users.filter((user) => hasItems(test, user)).slice(0, USERS),
  });
  ranker.dispose();
  return [...rankings.users].map((user, row) => ({
    user: ids.users[user]!,
    items: Array.from({ length: k }, (_, rank) => row * k + rank)
      .filter((at) => rankings.items[at]! >= 0)
      .map((at) => ({
        item: ids.items[rankings.items[at]!]!,
        score: rankings.scores[at]!,
        heldOut: rankings.hits[at] === 1,
      })),
  }));
}

const hasItems = ({ indptr }: Interactions, user: number): boolean => indptr[user + 1]! > indptr[user]!;
