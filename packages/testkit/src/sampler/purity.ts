import { ensure, ensureSame } from '../assert.ts';
import type { Check } from '../check.ts';
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

const key = ({ epoch, step }: { epoch: number; step: number }): string => `${epoch} ${step}`;
