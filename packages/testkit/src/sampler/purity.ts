import type { Batch, IdMatrix } from '@losslab/core';
import { type KernelMemory, kernels } from '@losslab/kernels';
import { ensure, ensureSame } from '../assert.ts';
import type { Check } from '../check.ts';
import { threadsCheck } from '../threads.ts';
import { batchesOf, batchNumbers, type SamplerSubject } from './contract.ts';

export function purityChecks({ make }: SamplerSubject): Check[] {
  return [
    {
      name: 'proposes batch t as a pure function of (seed, epoch, t): in any order, by any instance, into old arrays',
      run() {
        const [sampler, other] = [make(), make()];
        const expected = new Map([...batchesOf(sampler, [1, 2])].map((batch) => [key(batch), batchNumbers(batch)]));
        let old = other.propose(1, 0);
        for (const epoch of [2, 1]) {
          for (let step = sampler.steps - 1; step >= 0; step--) {
            const at = `${epoch} ${step}`;
            ensureSame(`batch ${at}, backwards`, batchNumbers(sampler.propose(epoch, step)), expected.get(at)!);
            old = other.propose(epoch, step, old);
            ensureSame(`batch ${at} into an old one`, batchNumbers(old), expected.get(at)!);
          }
        }
        sampler.dispose?.();
        other.dispose?.();
      },
    },
    threadsCheck(() => {
      const sampler = make();
      const numbers = Array.from(batchesOf(sampler, [1, 2]), batchNumbers).flat();
      sampler.dispose?.();
      return numbers;
    }),
    {
      name: 'proposes the same batch in the background',
      run() {
        const sampler = make();
        const expected = Array.from(batchesOf(sampler, [2]), batchNumbers);
        const { memory, background } = kernels();
        const [into, taken] = copyInto(memory, sampler.propose(1, 0));
        const busy = memory.f32(2 ** 17);
        for (let step = sampler.steps - 1; step >= 0; step--) {
          // Behind a call that nobody has begun, small calls wait as large ones do.
          background.fillUniform({ at: { seed: 1 }, out: busy });
          const batch = sampler.propose(2, step, into, background);
          background.settle();
          ensureSame(`batch ${step}`, batchNumbers(batch), expected[step]!);
        }
        sampler.dispose?.();
        for (const view of [busy, ...taken]) memory.free(view);
      },
    },
    {
      name: 'leaves a batch alone that nobody gave back, after dispose() too',
      run() {
        const sampler = make();
        const first = sampler.propose(1, 0);
        const before = batchNumbers(first);
        for (const _ of batchesOf(sampler, [1, 2]));
        sampler.dispose?.();
        for (const _ of batchesOf(make({ seed: 2 }), [1]));
        ensureSame('an older batch', batchNumbers(first), before);
      },
    },
    {
      name: 'proposes other batches for another seed, stream or epoch',
      run() {
        const all = (changes: object, epoch: number): string =>
          [...batchesOf(make(changes), [epoch])].map((batch) => batchNumbers({ ...batch, epoch: 0 }).join()).join();
        const first = all({}, 1);
        ensure(all({ seed: 2 }, 1) !== first, 'other batches for another seed', () => 'the same');
        ensure(all({ stream: 1 }, 1) !== first, 'other batches for another stream', () => 'the same');
        ensure(all({}, 2) !== first, 'other batches for another epoch', () => 'the same');
      },
    },
  ];
}

/** The batch with its ids in the kernels' memory, and what was taken of that. */
function copyInto(memory: KernelMemory, batch: Batch): [Batch, Int32Array[]] {
  const taken: Int32Array[] = [];
  const copy = (ids: Int32Array): Int32Array => {
    const view = memory.copyOf(ids);
    taken.push(view);
    return view;
  };
  const { users, positives, negatives } = batch;
  const matrix = (ids: IdMatrix): IdMatrix => ({ ...ids, data: copy(ids.data) });
  const drawn = negatives === 'in-batch' ? negatives : matrix(negatives);
  return [{ ...batch, users: copy(users), positives: matrix(positives), negatives: drawn }, taken];
}

const key = ({ epoch, step }: { epoch: number; step: number }): string => `${epoch} ${step}`;
