// Milliseconds to propose a batch the size of BSL's on Yelp2018 (random data of its size).
// node --conditions=@losslab/source packages/samplers/bench/propose.ts
import { interactionsFromTable, type SamplerContext } from '@losslab/core';
import { Random } from '@losslab/kernels';
import { aheadOf, createSampler, type SamplerChoice } from '@losslab/samplers';

const [userCount, itemCount, rows, batches] = [31_668, 38_048, 1_237_259, 60];
const random = new Random({ seed: 1 });
const users = Int32Array.from({ length: rows }, () => random.int(userCount));
const items = Int32Array.from({ length: rows }, () => Math.floor(random.float() ** 2 * itemCount));
const train = interactionsFromTable({ userCount, itemCount, users, items });
const context: SamplerContext = { train, batchSize: 1024, positives: 1, negatives: 800, seed: 1, stream: 0 };

const cases: [SamplerChoice, Partial<SamplerContext>][] = [
  [{ name: 'uniform' }, {}],
  [{ name: 'uniform' }, { positives: 4 }],
  [{ name: 'uniform', options: { furtherPositives: 'distinct' } }, { positives: 4 }],
  [{ name: 'uniform', options: { exclude: 'nobody' } }, {}],
  [{ name: 'uniform', options: { noiseOdds: 3 } }, {}],
  [{ name: 'popularity' }, {}],
  [{ name: 'popularity', options: { exclude: 'nobody' } }, {}],
  [{ name: 'in-batch' }, {}],
];

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

for (const [choice, changes] of cases) {
  const sampler = createSampler(choice, { ...context, ...changes });
  const times: number[] = [];
  let last = performance.now();
  for (const batch of aheadOf(sampler, 1)) {
    times.push(performance.now() - last);
    last = performance.now();
    if (batch.step === batches) break;
  }
  const options = JSON.stringify({ ...choice.options, ...changes });
  const [first, rest] = [times[0]!, median(times.slice(1))];
  console.log(`${choice.name} ${options}: ${rest.toFixed(2)} ms a batch, ${first.toFixed(1)} ms for the first two`);
  sampler.dispose?.();
}
