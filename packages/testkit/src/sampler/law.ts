import { hasInteraction, type Interactions, type Sampler } from '@losslab/core';
import { ensure } from '../assert.ts';
import type { Check } from '../check.ts';
import { chiSquare, deviations } from './chi-square.ts';
import { batchesOf, type SamplerSubject, samplerTrain } from './contract.ts';

/** Columns and epochs: some 150 draws for each user and item. */
const COLUMNS = 60;
const EPOCHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** Chance goes this far once in 30,000 samplers; the draws are seeded, so a sampler that passes once always does. */
const MOST_DEVIATIONS = 4;

const { userCount, itemCount } = samplerTrain;

export function lawChecks({ contract, make }: SamplerSubject): Check[] {
  const { law, negatives = 3 } = contract;
  if (law === null || negatives === 'in-batch' || negatives === 0) return [];
  return [
    {
      name: 'draws negatives by the law that it states (χ²)',
      run() {
        const sampler = make({ negatives: COLUMNS });
        const counts = countNegatives(sampler);
        const weight = law ?? uniformLaw(sampler);
        let [statistic, freedom] = [0, 0];
        for (let user = 0; user < userCount; user++) {
          const weights = Array.from({ length: itemCount }, (_, item) => weight(user, item, samplerTrain));
          const of = chiSquare(counts.subarray(user * itemCount, (user + 1) * itemCount), weights);
          [statistic, freedom] = [statistic + of.statistic, freedom + of.freedom];
        }
        ensure(freedom > userCount, 'enough draws to tell', () => `${freedom} degrees of freedom`);
        const off = deviations({ statistic, freedom });
        const found = `χ² = ${statistic.toFixed(1)} with ${freedom} degrees of freedom, ${off.toFixed(1)} deviations off`;
        ensure(off <= MOST_DEVIATIONS, 'negatives by the stated law', () => found);
        sampler.dispose?.();
      },
    },
  ];
}

function uniformLaw({ excludes }: Sampler): (user: number, item: number, train: Interactions) => number {
  return (user, item, train) => (excludes === 'seen' && hasInteraction(train, user, item) ? 0 : 1);
}

function countNegatives(sampler: Sampler): Float64Array {
  const counts = new Float64Array(userCount * itemCount);
  for (const { users, negatives } of batchesOf(sampler, EPOCHS)) {
    if (negatives === 'in-batch') continue;
    negatives.data.forEach((item, k) => {
      counts[users[Math.floor(k / negatives.columns)]! * itemCount + item]!++;
    });
  }
  return counts;
}
