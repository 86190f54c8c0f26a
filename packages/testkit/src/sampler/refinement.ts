import type { Batch, NamedArrays, Sampler, ScoreFn } from '@losslab/core';
import { ensure, ensureSame } from '../assert.ts';
import type { Check } from '../check.ts';
import { batchNumbers, type SamplerSubject, samplerTrain } from './contract.ts';

/** Scores that a model may have given: a pure function of the pair. */
const score: ScoreFn = (users, { data, columns }) =>
  Float32Array.from(data, (item, k) => Math.sin(13 * users[Math.floor(k / columns)]! + 7 * item));

export function refinementChecks({ make }: SamplerSubject): Check[] {
  if (make().refine === undefined) return [];
  return [
    {
      name: 'refines negatives alone, to items that there are',
      run() {
        const sampler = make();
        for (let step = 0; step < sampler.steps; step++) {
          const batch = sampler.propose(1, step);
          const before = batchNumbers({ ...batch, negatives: 'in-batch' });
          const refined = sampler.refine!(batch, score);
          ensureSame('users and positives', batchNumbers({ ...refined, negatives: 'in-batch' }), before);
          ensure(refined.negatives !== 'in-batch', 'refined negatives', () => 'in-batch ones');
          const { data } = refined.negatives as Exclude<Batch['negatives'], 'in-batch'>;
          const bad = data.find((item) => item < 0 || item >= samplerTrain.itemCount);
          ensure(bad === undefined, `items below ${samplerTrain.itemCount}`, () => bad);
        }
      },
    },
    {
      name: 'comes back from its state in the middle of an epoch, and goes on the same',
      run() {
        const [whole, cut, resumed] = [make(), make(), make()];
        ensure((whole.state === undefined) === (whole.load === undefined), 'state() and load() together', () => 'one');
        const half = Math.ceil(whole.steps / 2);
        refineSteps(whole, 0, half);
        refineSteps(cut, 0, half);
        if (cut.state) resumed.load!(copy(cut.state()));
        const expected = refineSteps(whole, half, whole.steps);
        ensureSame('refined batches', refineSteps(resumed, half, whole.steps), expected);
      },
    },
  ];
}

function refineSteps(sampler: Sampler, from: number, to: number): number[] {
  const numbers: number[] = [];
  for (let step = from; step < to; step++) {
    numbers.push(...batchNumbers(sampler.refine!(sampler.propose(1, step), score)));
  }
  return numbers;
}

function copy(arrays: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
  );
}
