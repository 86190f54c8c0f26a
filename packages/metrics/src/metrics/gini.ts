import type { CatalogueMetric, MetricDefinition } from '@losslab/core';
import * as z from 'zod';
import { exposures } from './shared.ts';

const options = z.strictObject({});
export type GiniOptions = z.output<typeof options>;

/**
 * The Gini index of how often each of the I items is among the first k of a user, c₁ ≤ ... ≤ c_I:
 *
 *     G = Σ_j (2j − I − 1) c_j / (I Σ_j c_j)
 *
 * 0 where all items are recommended equally often, 1 − 1/I where one item is all there is. Low is even, so lower is fairer.
 */
export const gini: MetricDefinition<GiniOptions> = {
  kind: 'metric',
  name: 'gini',
  summary: 'how unevenly recommendations are spread over items; 0 is even',
  source: 'Shani & Gunawardana, Evaluating recommendation systems (2011), §3.3',
  options,
  create(_, { itemCount }): CatalogueMetric {
    return {
      kind: 'catalogue',
      name: 'gini',
      definition: 'Gini index of the items’ numbers of appearances among the first k, items that never appear included',
      total(users, k) {
        const counts = exposures(users, k, itemCount).sort();
        let [weighted, sum] = [0, 0];
        for (let j = 0; j < itemCount; j++) {
          weighted += (2 * (j + 1) - itemCount - 1) * counts[j]!;
          sum += counts[j]!;
        }
        return sum === 0 ? 0 : weighted / (itemCount * sum);
      },
    };
  },
};
