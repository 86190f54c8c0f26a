import { type Batch, hasInteraction, LosslabError, type Sampler } from '@losslab/core';
import { ensure } from '../assert.ts';
import type { Check } from '../check.ts';
import { smallInteractions } from '../data.ts';
import { batchesOf, type SamplerSubject, samplerTrain } from './contract.ts';

/** The user of `smallInteractions({ everything: true })` who has every item. */
const SATED = 1;

export function exclusionChecks({ contract, make }: SamplerSubject): Check[] {
  return [
    {
      name: 'leaves out of negatives whom it says',
      run() {
        const sampler = make();
        if (sampler.excludes === 'seen') {
          for (const batch of batchesOf(sampler, [1, 2, 3])) ensureUnseen(batch, sampler, contract.labelled);
        }
        sampler.dispose?.();
      },
    },
    {
      name: 'meets a user who has every item: refuses before the first step where it must exclude them, else goes on',
      run() {
        if (contract.labelled) return;
        const excludes = make().excludes;
        const everything = smallInteractions({ everything: true });
        const draws = contract.negatives !== 'in-batch' && contract.negatives !== 0;
        try {
          const sampler = make({ train: everything });
          for (const _ of batchesOf(sampler, [1]));
          sampler.dispose?.();
        } catch (error) {
          const isClear = error instanceof LosslabError && error.message.includes(`user ${SATED}`);
          ensure(isClear && excludes === 'seen' && draws, `an error that names user ${SATED}`, () => error);
          return;
        }
        ensure(excludes === 'nobody' || !draws, `an error: user ${SATED} has every item`, () => 'batches');
      },
    },
  ];
}

function ensureUnseen(batch: Batch, { name }: Sampler, labelled: SamplerSubject['contract']['labelled']): void {
  const { users, negatives } = batch;
  if (negatives === 'in-batch') {
    ensure(false, `${name}: drawn negatives, since it excludes seen items`, () => 'in-batch ones');
    return;
  }
  const isLabelled = (user: number, item: number): boolean =>
    labelled?.users.some((u, k) => u === user && labelled.items[k] === item) ?? false;
  negatives.data.forEach((item, k) => {
    const user = users[Math.floor(k / negatives.columns)]!;
    const isSeen = hasInteraction(samplerTrain, user, item) || isLabelled(user, item);
    ensure(!isSeen, `a negative that user ${user} has not seen`, () => `item ${item}`);
  });
}
