import { useEngine } from '@losslab/backend';
import { type Interactions, interactionsFromTable } from '@losslab/core';
import { kernels, Random } from '@losslab/kernels';
import { createSampler, type SamplerChoice } from '@losslab/samplers';
import { batchesAhead } from '../batches.ts';
import { inProcess } from '../contender.ts';
import { samplePeer } from '../peer.ts';
import type { Case } from './case.ts';

const sizes = { users: 31_668, items: 38_048, history: 39, batch: 1024, negatives: 800 };

const laws = {
  all: { choice: { name: 'uniform', options: { exclude: 'nobody' } }, title: 'uniform over all items' },
  unseen: { choice: { name: 'uniform' }, title: 'uniform over the items that the user does not have' },
  popular: { choice: { name: 'popularity' }, title: 'by popularity among the items that the user does not have' },
} as const satisfies Record<string, { choice: SamplerChoice; title: string }>;

/** 39 draws of each user, low ids more often, as Yelp2018's users have on average. */
function histories(): Interactions {
  const random = new Random({ seed: 1 });
  const count = sizes.users * sizes.history;
  return interactionsFromTable({
    userCount: sizes.users,
    itemCount: sizes.items,
    users: Int32Array.from({ length: count }, (_, k) => Math.floor(k / sizes.history)),
    items: Int32Array.from({ length: count }, () => Math.floor(random.float() ** 2 * sizes.items)),
  });
}

/** What making a batch costs when nothing hides it. */
export const sampling = (law: keyof typeof laws) => (): Case => ({
  name: `sampling-${law}`,
  title: `the 819,200 negatives of a batch of 1,024 rows, ${laws[law].title}`,
  rounds: 11,
  async contenders() {
    const { threads, build } = await useEngine('simd');
    const { batch: batchSize, negatives } = sizes;
    const context = { train: histories(), batchSize, positives: 1, negatives, seed: 1, stream: 0 };
    const sampler = createSampler(laws[law].choice, context);
    const ahead = batchesAhead(sampler);
    const work = (): void => {
      ahead.next();
      kernels().background.settle();
    };
    const close = (): void => {
      ahead.dispose();
      sampler.dispose?.();
    };
    const own = inProcess(`losslab (${build} build, ${threads} threads)`, work, close);
    return [own, await samplePeer('torch', law, sizes), await samplePeer('numpy', law, sizes)];
  },
});
