import {
  hasInteraction,
  idMatrix,
  itemsOf,
  LosslabError,
  type SamplerContext,
  type SamplerDefinition,
} from '@losslab/core';
import { Random } from '@losslab/kernels';
import * as z from 'zod';
import { pairsOf } from '../data.ts';

const options = z.strictObject({});

function checkNobodySated({ train }: SamplerContext): void {
  for (let user = 0; user < train.userCount; user++) {
    if (itemsOf(train, user).length < train.itemCount) continue;
    throw new LosslabError(
      'bad-data',
      `[testkit] expected an item left for every user, got user ${user}; leave it out`,
    );
  }
}

function drawUnseen(user: number, { train }: SamplerContext, random: Random): number {
  for (;;) {
    const item = random.int(train.itemCount);
    if (!hasInteraction(train, user, item)) return item;
  }
}

/**
 * Uniform negatives; `refine` remembers each user's hardest one so far and puts it into column 0 where it still scores above
 * what was proposed. Not fast: a permutation of all pairs a batch.
 */
export const toyHardest: SamplerDefinition<z.output<typeof options>> = {
  kind: 'sampler',
  name: 'toy-hardest',
  summary: 'Uniform negatives and the hardest so far, for tests.',
  source: 'losslab testkit, after the shape of SRNS',
  options,
  create(_, context) {
    checkNobodySated(context);
    const { train, batchSize, seed, stream, negatives } = context;
    const N = negatives === 'in-batch' ? 1 : negatives;
    const M = context.positives;
    const pairs = pairsOf(train);
    const hardest = new Int32Array(train.userCount).fill(-1);
    return {
      name: 'toy-hardest',
      steps: Math.ceil(pairs.users.length / batchSize),
      excludes: 'seen',
      propose(epoch, step) {
        const order = new Random({ seed, stream, epoch }).permutation(pairs.users.length);
        const rows = order.subarray(step * batchSize, (step + 1) * batchSize);
        const users = Int32Array.from(rows, (row) => pairs.users[row]!);
        const random = new Random({ seed, stream, epoch, step: step + 1 });
        const positives = Int32Array.from({ length: users.length * M }, (_x, k) => {
          const own = itemsOf(train, users[Math.floor(k / M)]!);
          return k % M === 0 ? pairs.items[rows[k / M]!]! : own[random.int(own.length)]!;
        });
        const drawn = Array.from(users, (user) => Array.from({ length: N }, () => drawUnseen(user, context, random)));
        return {
          epoch,
          step,
          users,
          positives: idMatrix(positives, M, users.length),
          negatives: idMatrix(Int32Array.from(drawn.flat()), N, users.length),
        };
      },
      refine(batch, score) {
        if (batch.negatives === 'in-batch' || batch.negatives.columns === 0) return batch;
        const { rows, columns } = batch.negatives;
        const data = batch.negatives.data.slice();
        const known = Int32Array.from(batch.users, (user, b) =>
          hardest[user]! < 0 ? data[b * columns]! : hardest[user]!,
        );
        const before = score(batch.users, idMatrix(known, 1, rows));
        const proposed = score(batch.users, batch.negatives);
        batch.users.forEach((user, b) => {
          if (before[b]! > proposed[b * columns]!) data[b * columns] = known[b]!;
          hardest[user] = data[b * columns]!;
        });
        return { ...batch, negatives: idMatrix(data, columns, rows) };
      },
      state: () => ({ hardest: { shape: [hardest.length], data: hardest.slice() } }),
      load: ({ hardest: saved }) => hardest.set(saved!.data),
    };
  },
};
